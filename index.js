const { JofiApi } = require('./dist/credentials/JofiApi.credentials');
const { JofiWebhookApi } = require('./dist/credentials/JofiWebhookApi.credentials');
const { Jofi } = require('./dist/nodes/Jofi/Jofi.node');
const { JofiTrigger } = require('./dist/nodes/Jofi/JofiTrigger.node');

module.exports = { Jofi, JofiApi, JofiTrigger, JofiWebhookApi };
