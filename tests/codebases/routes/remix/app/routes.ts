import { index, layout, prefix, route } from "@react-router/dev/routes";

export default [
  layout("shell.tsx", [route("about", "pages/about.tsx")]),
  ...prefix("admin", [index("pages/admin.tsx"), route("users/:user", "pages/user.tsx")]),
];
