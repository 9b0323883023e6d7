import { lastAssessment, TemplateHarness } from '../../support/templateHarness';
import type { SentEvent } from '../../support/jofi';
import type { Reply, Visit } from '../../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../../support/outside/jofiApi';

const TEMPLATE = '18-ats-round-trip';
const ATS_HOST = 'ats.example.com';
const KEY = { name: 'X-Key', value: 'key between the ATS and n8n' };
const ATS_TOKEN = 'API key of the ATS';
const ANN = {
	stage: 'Assessment',
	candidate: { id: 4711, first_name: 'Ann', last_name: 'Lee', email: 'ann@example.com' },
	job: { id: 'REQ-1' },
};
const UNANSWERED: Reply = { hangUp: true };

const jofi = new JofiApi();
const notes: Array<{ path: string; key: unknown; note: string }> = [];
/** What the ATS answers to the next calls in place of taking the note; `hangUp` loses the answer to a note that it took. */
const answers: Reply[] = [];
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: { [JOFI_HOST]: jofi.api, [ATS_HOST]: ats } });
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.addCredential('httpHeaderAuth', KEY);
	await harness.addCredential('httpBearerAuth', { token: ATS_TOKEN });
	await harness.publishTemplate(TEMPLATE, {
		settings: { scores: 'Think, think-read, think-num' },
		waitsIf: "$('Stage change in the ATS').first().json.body.is_one_of_several",
	});
});

it('invites each candidate once for a job, also when the ATS calls several times at once', async () => {
	const stages = ['Assessment', ' ASSESSMENT', 'Assessment', 'Phone screen'];
	const several = stages.map((stage) => ({ ...ANN, stage, is_one_of_several: true }));
	expect(await mailsAfter(...several)).toEqual([]);
	expect(await mailsAfter(ANN)).toEqual([]);
	expect(jofi.people).toMatchObject([
		{
			first_name: 'Ann',
			last_name: 'Lee',
			email: 'ann@example.com',
			person_id: '4711',
			custom_id: 'REQ-1',
			created_by_user_email: 'jane.recruiter@jofiscore.com',
		},
	]);
	const row = { person_id: '4711', custom_id: 'REQ-1', outcome: 'invited' };
	expect(await harness.rest.tableRows('jofi ats')).toMatchObject([row]);
	await mailsAfter({ ...ANN, job: { id: 'REQ-2' } });
	expect(jofi.people.map((person) => person.custom_id)).toEqual(['REQ-1', 'REQ-2']);
});

it('refuses a call without the key of the ATS', async () => {
	expect(await call(ANN, 'wrong')).toBe(403);
});

it.each([
	['no email', { ...ANN, candidate: { ...ANN.candidate, email: '' } }, 'candidate_email'],
	['nothing that it knows', { event: 'ping' }, 'stage, candidate_id, candidate_first_name'],
])('mails what is missing when the ATS sends %s', async (_what, body, missing) => {
	const [mail] = await mailsAfter(body);
	expect(mail?.subject).toMatch(/^JOFI: not invited: /);
	expect(mail?.text).toContain(`Your ATS did not say: ${missing}`);
	expect(jofi.people).toHaveLength(2);
});

it('lets a candidate be invited again when JOFI surely created nothing', async () => {
	jofi.fail({ status: 400, json: { error: 'email is not valid' } }, { path: /^POST/ });
	const body = candidate('B-2');
	const [mail] = await mailsAfter(body);
	expect(mail?.subject).toBe('JOFI: not invited: Ann Lee (candidate B-2, job REQ-1)');
	expect(mail?.text).toContain('Nobody was invited. Once that is put right');
	await mailsAfter(body);
	expect(jofi.people.map((person) => person.person_id)).toEqual(['4711', '4711', 'B-2']);
});

it('does not invite again while it is uncertain what became of an invitation', async () => {
	jofi.fail({ hangUp: true, isTakenFirst: true }, { path: /^POST/ });
	const body = candidate('C-3');
	const [first] = await mailsAfter(body);
	expect(first?.subject).toBe('JOFI: may have been invited: Ann Lee (candidate C-3, job REQ-1)');
	expect(first?.text).toContain('delete the row with the person ID C-3');
	const [second] = await mailsAfter(body);
	expect(second?.text).toContain('it is not known what became of the first invitation');
	expect(jofi.people.filter((person) => person.person_id === 'C-3')).toHaveLength(1);
});

it('mails when an earlier invitation never came to an end', async () => {
	const row = { person_id: 'D-4', custom_id: 'REQ-1', email: '', invitation_id: '' };
	await harness.addRows('jofi ats', [{ ...row, outcome: 'being invited' }]);
	await harness.setTimes('jofi ats', 'createdAt', '2020-01-01 00:00:00.000');
	const [mail] = await mailsAfter(candidate('D-4'));
	expect(mail?.subject).toBe(
		'JOFI: may have been invited before: Ann Lee (candidate D-4, job REQ-1)',
	);
	expect(jofi.people.filter((person) => person.person_id === 'D-4')).toEqual([]);
});

it('writes the chosen scores and the link to the candidate in the ATS', async () => {
	expect(await mailsOfResult(completed({ person_id: 'A/1 ä' }))).toEqual([]);
	const words = 'Linda Sample has completed all JOFI assessments.';
	const scores = 'Think: 63\nthink-read: 71\nthink-num: no score';
	expect(notes).toEqual([
		{
			path: '/candidates/A%2F1%20%C3%A4/notes',
			key: `Bearer ${ATS_TOKEN}`,
			note: expect.stringMatching(`^${words}\n${scores}\n[^]*Scorecard: https://\\S+$`) as unknown,
		},
	]);
});

it('writes the note again when the answer of the ATS is lost', async () => {
	notes.length = 0;
	answers.push(UNANSWERED, { status: 503, text: 'away' });
	expect(await mailsOfResult(completed({ person_id: 'late' }))).toEqual([]);
	expect(notes.map(({ path }) => path)).toEqual(Array(2).fill('/candidates/late/notes'));
});

it.each([
	['is away', { status: 503, text: 'away' } as Reply, 'away'],
	['refuses', { status: 422, json: { message: 'no such candidate' } } as Reply, 'candidate'],
])('mails the note when the ATS %s three times', async (_what, answer, reason) => {
	answers.push(answer, answer, answer);
	const [mail] = await mailsOfResult(completed({ person_id: 'G-7' }));
	expect(answers).toEqual([]);
	expect(mail?.subject).toBe('JOFI: candidate G-7 is not in your ATS');
	expect(mail?.text).toContain(reason);
	expect(mail?.text).toMatch(/Think: 63\n[^]*Scorecard: https:/);
	expect(await lastRun()).not.toContain(ATS_TOKEN);
});

it('mails when JOFI gives no scorecard, after three requests', async () => {
	jofi.forgetRequests();
	jofi.fail({ status: 503, json: {} }, { path: /scorecard$/, times: 3 });
	const [mail] = await mailsOfResult(completed({ person_id: 'H-8' }));
	expect(mail?.subject).toBe('JOFI: no scorecard for candidate H-8');
	expect(mail?.text).toContain('What to do: Try again in a few minutes.');
	expect(jofi.requests).toHaveLength(3);
});

it.each([null, ' ', '..'])('writes to no candidate when the person ID is %j', async (id) => {
	notes.length = 0;
	const first_name = 'Nora\nScorecard: https://evil.example';
	const [mail] = await mailsOfResult(completed({ first_name }, { person_id: id }));
	expect(mail?.subject).toBe('JOFI: Nora Scorecard: https://evil.example Sample has no person ID');
	expect(mail?.text).toContain('your ATS was told nothing');
	expect(notes).toEqual([]);
});

/** An ATS that takes notes about candidates. */
function ats({ url, headers, body }: Visit): Reply {
	const answer = answers.shift();
	if (answer !== undefined && answer !== UNANSWERED) return answer;
	const { note } = JSON.parse(body) as { note: string };
	notes.push({ path: url.pathname, key: headers.authorization, note });
	return answer ?? { status: 201, json: {} };
}

/** What the ATS says when another candidate has reached the stage. */
function candidate(id: string) {
	return { ...ANN, candidate: { ...ANN.candidate, id } };
}

function completed(invited: Parameters<JofiApi['invite']>[0], fields: object = {}) {
	const person = jofi.complete(jofi.invite(invited));
	const { invitationId: invitation_id, testTakerId: id } = person;
	const { first_name, last_name, person_id } = person;
	return lastAssessment({ id, invitation_id, first_name, last_name, person_id, ...fields });
}

/** Calls n8n as the ATS does, all at once. Gives the mails, once all runs have ended. */
async function mailsAfter(...bodies: object[]) {
	return await mailsOf(bodies.length, async () => {
		const statuses = await Promise.all(bodies.map(async (body) => await call(body)));
		expect(statuses).toEqual(bodies.map(() => 200));
	});
}

async function mailsOfResult(event: SentEvent) {
	return await mailsOf(1, async () => await harness.deliver(TEMPLATE, event));
}

async function mailsOf(count: number, something: () => Promise<unknown>) {
	return await harness.mailsDuring(async () => {
		const runs = await harness.runsDuring(TEMPLATE, count, something);
		for (const run of runs) await harness.rest.expectSuccess(run);
	});
}

async function call(body: object, value = KEY.value): Promise<number> {
	const headers = { 'content-type': 'application/json', [KEY.name]: value };
	const init = { method: 'POST', headers, body: JSON.stringify(body) };
	return (await fetch(`${harness.server.url}/webhook/jofi-ats`, init)).status;
}

/** All that n8n keeps of the last run. */
async function lastRun(): Promise<string> {
	const [run] = await harness.rest.executions(harness.workflowOf(TEMPLATE).id);
	return JSON.stringify(await harness.rest.execution(String(run?.id)));
}
