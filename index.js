const { JofiWebhookApi } = require('./dist/credentials/JofiWebhookApi.credentials');
const { JofiTrigger } = require('./dist/nodes/Jofi/JofiTrigger.node');

module.exports = { JofiWebhookApi, JofiTrigger };
