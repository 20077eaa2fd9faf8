export default defineEventHandler(() => "feed");
