"""What reading JavaScript and TypeScript takes beyond one grammar: lowering, module resolution and the routes of its frameworks."""
