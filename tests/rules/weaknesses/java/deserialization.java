import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.io.*;
import com.thoughtworks.xstream.XStream;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: deserialization
        ObjectInputStream objects = new ObjectInputStream(request.getInputStream());
        // ruleid: deserialization
        Object value = new XStream().fromXML(input);
        // ok: deserialization
        ObjectInputStream own = new ObjectInputStream(new FileInputStream("/srv/state"));
    }
}
