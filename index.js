const { JofiWebhookApi } = require('./dist/credentials/JofiWebhookApi.credentials');
const { JofiTrigger } = require('./dist/nodes/JofiTrigger/JofiTrigger.node');

module.exports = { JofiWebhookApi, JofiTrigger };
