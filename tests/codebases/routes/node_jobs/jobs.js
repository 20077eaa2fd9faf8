const cron = require("node-cron");
const { Worker } = require("bullmq");
const Bull = require("bull");
const amqp = require("amqplib");
const { program } = require("commander");
const resize = require("./resize");

cron.schedule("0 3 * * *", function nightly() {});
new Worker("mail", async (job) => job.data);

const pictures = new Bull("pictures");
pictures.process(resize);

async function main() {
  const channel = await amqp.connect("amqp://localhost");
  channel.consume("orders", (message) => message.content);
}

program
  .command("import <file>")
  .description("orders from a file")
  .action((file) => file);

board.process("nothing");
