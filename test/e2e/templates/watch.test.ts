import { DateTime } from 'luxon';
import { lastAssessment, TemplateHarness, personalEvent } from '../../support/templateHarness';
import { EXPIRED_HOST, type Reply } from '../../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../../support/outside/jofiApi';

const PEOPLE = '7-no-google-account';
const MAIL = '3-mail-when-all-completed';
const TEMPLATE = '17-watch';
const EVERY_MORNING = 'Every morning at 8';
const HOST = 'n8n.example.com';
const PRODUCTION_URL = `https://${HOST}/webhook/jofi`;
const LOG_IN: Reply = { status: 200, text: '<html><h1>Please log in</h1></html>' };

const jofi = new JofiApi();
let harness: TemplateHarness;
/** What stands at the Production URL; `n8n` is n8n itself. */
let atTheUrl: Reply | 'n8n' = 'n8n';

beforeAll(async () => {
	const services = { [JOFI_HOST]: jofi.api, [HOST]: answerOfUrl, [EXPIRED_HOST]: answerOfUrl };
	harness = await TemplateHarness.start({ services });
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.publishTemplate(PEOPLE);
	await harness.publishTemplate(TEMPLATE, {
		settings: { production_url: PRODUCTION_URL },
		waitsIf: "$('When a run has failed').isExecuted",
	});
	jofi.webhookEndpoint = PRODUCTION_URL;
	jofi.webhooksEnabled = true;
	await harness.deliverInTurn(PEOPLE, [personalEvent('invitation.created')]);
});

it('says nothing while all is well', async () => {
	expect(await mailsOfAMorning()).toEqual([]);
});

it('writes when no event has come for some days, at most once a day', async () => {
	const subject = 'JOFI: no event for 7 days';
	const eightDaysAgo = DateTime.utc().minus({ days: 8 }).toSQL({ includeOffset: false });
	await harness.setTimes('jofi events', 'createdAt', eightDaysAgo);
	// What Catch up learns does not show that JOFI's events arrive.
	await harness.addRows('jofi events', [{ event_id: 'catchup:invitation.accepted:1' }]);
	expect(await wordsAfter(subject)).toMatch(/^The last event came on \d{4}-\d\d-\d\d \d\d:\d\d\./);
	await nextDay();
	await wordsAfter(subject);
	await harness.deliverInTurn(PEOPLE, [personalEvent('invitation.accepted')]);
	await nextDay();
	expect(await mailsOfAMorning()).toEqual([]);
});

it('writes when JOFI sends its events elsewhere, at most once a day', async () => {
	jofi.webhookEndpoint = 'https://old.example.com/webhook/jofi';
	expect(await wordsAfter('JOFI: events may not reach n8n')).toContain(
		'JOFI sends the events of this account to another URL: https://old.example.com/webhook/jofi.',
	);
	jofi.webhookEndpoint = PRODUCTION_URL;
});

it('writes when JOFI could not be asked', async () => {
	await nextDay();
	jofi.fail({ status: 503, json: {} });
	expect(await wordsAfter('JOFI: events may not reach n8n')).toMatch(
		/JOFI is not available at the moment[^]*Try again in a few minutes\./,
	);
});

it.each<[string, Reply, string]>([
	['can’t be reached', { hangUp: true }, 'The address can not be reached: '],
	['has a log-in page in front', LOG_IN, 'JOFI can not log in'],
	['answers 502', { status: 502, text: 'Bad Gateway' }, 'n8n can not be reached behind this URL'],
])('writes when the Production URL %s', async (_what, reply, words) => {
	atTheUrl = reply;
	expect(await wordsAboutTheUrl()).toContain(words);
	atTheUrl = 'n8n';
});

it('writes when the workflow of the Production URL is not published', async () => {
	await harness.rest.unpublish(harness.workflowOf(PEOPLE));
	expect(await wordsAboutTheUrl()).toContain('nothing is published at this URL');
	await harness.rest.publish(harness.workflowOf(PEOPLE));
	await harness.waitForUrl(PEOPLE);
});

it('writes when the certificate of the Production URL has expired', async () => {
	await changeUrl(`https://${EXPIRED_HOST}/webhook/jofi`);
	expect(await wordsAboutTheUrl()).toContain(
		'certificate of this address is not valid, perhaps because it has expired',
	);
	await changeUrl(PRODUCTION_URL);
});

it('sends a mail once when the mail server takes it and loses the connection', async () => {
	await nextDay();
	atTheUrl = LOG_IN;
	harness.mail.dropNext(1);
	const mails = await harness.mailsDuring(async () => {
		const { status } = await harness.runByHand(TEMPLATE, EVERY_MORNING);
		expect(status).toBe('error');
		await mailsOfAMorning();
	});
	expect(mails).toHaveLength(1);
	atTheUrl = 'n8n';
});

it('writes when a run has failed, once a day however many fail, and names nobody', async () => {
	await harness.publishTemplate(MAIL);
	await harness.setErrorWorkflow(TEMPLATE, MAIL);
	harness.mail.refuseOnly('Secret Name');
	const deliver = async (invitation_id: number) => {
		const name = { first_name: 'Secret', last_name: 'Name' };
		await harness.deliver(MAIL, lastAssessment({ invitation_id, ...name }));
	};
	const [mail, ...more] = await harness.mailsDuring(async () => {
		await harness.runsDuring(TEMPLATE, 3, async () => await Promise.all([1, 2, 3].map(deliver)));
	});
	expect(more).toEqual([]);
	expect(mail?.subject).toBe('JOFI: a run failed in n8n');
	expect(mail?.text).toContain(
		'A run of the workflow "Send a mail when a JOFI candidate has finished all assessments" failed at the node "Send the mail".',
	);
	expect(mail?.text).toMatch(/n8n says: .*Try again later/);
	expect(mail?.text).toContain('/executions/');
	expect(JSON.stringify(mail?.headerLines) + mail?.text).not.toMatch(/Secret|Name\b|linda/i);
});

async function nextDay(): Promise<void> {
	await harness.setTimes('jofi watch', 'day', '2026-01-01');
}

/** Changes the Production URL, in JOFI too. */
async function changeUrl(production_url: string): Promise<void> {
	jofi.webhookEndpoint = production_url;
	await harness.publishImported(TEMPLATE, harness.workflowOf(TEMPLATE), {
		settings: { production_url },
	});
}

/** The text of the one mail of a morning, which does not come again that day. */
async function wordsAfter(subject: string): Promise<string | undefined> {
	expect(await mailsOfAMorning()).toEqual([subject]);
	expect(await mailsOfAMorning()).toEqual([]);
	return harness.mail.mails.at(-1)?.text;
}

async function wordsAboutTheUrl(): Promise<string | undefined> {
	await nextDay();
	return await wordsAfter('JOFI: the Production URL does not work');
}

async function answerOfUrl(): Promise<Reply> {
	if (atTheUrl !== 'n8n') return atTheUrl;
	const response = await fetch(harness.urlOf(PEOPLE));
	return { status: response.status, text: await response.text() };
}

/** The subjects of the mails that a morning brings. */
async function mailsOfAMorning() {
	const mails = await harness.mailsOfRun(TEMPLATE, EVERY_MORNING);
	return mails.map(({ subject }) => subject);
}
