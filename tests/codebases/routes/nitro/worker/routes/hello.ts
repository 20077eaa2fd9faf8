export default eventHandler(() => "hello");
