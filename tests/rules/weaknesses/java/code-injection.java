import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.script.ScriptEngineManager;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: code-injection
        new ScriptEngineManager().getEngineByName("js").eval(input);
        // ruleid: code-injection
        new SpelExpressionParser().parseExpression(input);
        // ok: code-injection
        new SpelExpressionParser().parseExpression("name.length()");
    }
}
