import { jofiEvent } from '../../support/jofi';
import { lastAssessment, TemplateHarness } from '../../support/templateHarness';
import { JOFI_HOST, JofiApi, type Person } from '../../support/outside/jofiApi';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '16-catch-up';
const WINDOW = 6;
/** The invitation of an invented person, whom JOFI does not know. */
const SAMPLE = 999;
const SETTINGS = { follow_for_days: 36_500, wait_seconds: 0.1 };
/** What changes in a row without news of the person. */
const NOT_NEWS = ['asked_at', 'updatedAt'];

const jofi = new JofiApi({ window: WINDOW });
let harness: TemplateHarness;
/** What happens between a question and JOFI's answer. */
let meanwhile: ((path: string) => Promise<void>) | undefined;

beforeAll(async () => {
	harness = await TemplateHarness.start({
		services: {
			[JOFI_HOST]: async (visit) => {
				const reply = jofi.api(visit);
				await meanwhile?.(visit.url.pathname);
				return reply;
			},
		},
		ownServer: true,
	});
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.publishTemplate(PEOPLE);
	await useCatchUp();
});

afterAll(async () => {
	await harness?.stop();
});

it('only fills the table in its first run, and sends nothing', async () => {
	for (let index = 1; index <= 6; index += 1) jofi.invite({ person_id: `APPLICANT-${index}` });
	jofi.complete(person(1), 6);
	// An event that came in the usual way, and a row from trying the template.
	const sample = invited({ ...person(2), invitationId: SAMPLE });
	await harness.deliverInTurn(PEOPLE, [invited(person(2)), { ...sample, id: 'evt_sample_1' }]);
	await expectRun('success');
	await expectTruth();
	expect(harness.mail.mails).toEqual([]);
});

it('finds what happened while n8n was off, and the table equals the truth', async () => {
	await harness.server.stop();
	jofi.accept(person(2));
	jofi.accept(person(3));
	jofi.complete(person(1), 7);
	jofi.complete(person(3), 6);
	jofi.complete(person(4));
	jofi.createProfile(person(4));
	for (let index = 7; index <= 11; index += 1) jofi.invite({ person_id: `APPLICANT-${index}` });
	jofi.complete(person(8), 8);
	await harness.server.launch();
	await harness.waitForUrl(PEOPLE);
	await harness.rest.logIn();

	await expectRun('success');
	await expectTruth();
	expect(harness.mail.mails.map(({ subject }) => subject)).toEqual([
		'JOFI: caught up with 20 things',
	]);
	const { testTakerId, assignments } = person(1);
	expect(harness.mail.mails[0]?.text).toContain(
		`- Linda Sample completed JOFI Thinking Skills (catchup:test_taker.assessment_completed:${testTakerId}:${assignments[1]?.id})`,
	);
	const rows = await harness.tableRows('jofi people');
	expect(rows.find((row) => row.person_id === 'APPLICANT-4')).toMatchObject({
		event_id: `catchup:career_navigation_profile.created:${person(4).profileId}`,
		event_name: 'Career Navigation Profile Created',
		event_created_at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
	});
});

it('changes nothing when it runs again', async () => {
	const before = await news();
	const mails = harness.mail.mails.length;
	await expectRun('success');
	expect(await news()).toEqual(before);
	expect(harness.mail.mails).toHaveLength(mails);
});

it('says that something may be missing after more than JOFI lists', async () => {
	const since = jofi.people.length;
	for (let index = 1; index <= WINDOW + 3; index += 1) jofi.invite({ person_id: `LATER-${index}` });
	jofi.complete(person(9));

	const mails = harness.mail.mails.length;
	await expectRun('success');
	const notFound = jofi.people.slice(since, since + 3);
	await expectTruth(jofi.people.filter((one) => !notFound.includes(one)));
	const [found, missing] = harness.mail.mails.slice(mails);
	expect(found?.subject).toBe('JOFI: caught up with 11 things');
	expect(missing?.subject).toBe('JOFI: the table of people may lack somebody');
	expect(missing?.text).toContain('the table does not know: 3\nThe last time: 0\n');

	await expectRun('success');
	expect(harness.mail.mails).toHaveLength(mails + 2);
});

it('says so too when newer people came in the usual way meanwhile', async () => {
	for (let index = 1; index <= 2; index += 1) jofi.invite({ person_id: `MISSED-${index}` });
	const newer = Array.from({ length: WINDOW }, () => jofi.invite());
	await harness.waitForUrl(PEOPLE);
	await harness.deliverAtOnce(PEOPLE, newer.map(invited));
	const mails = harness.mail.mails.length;
	await expectRun('success');
	const [missing] = harness.mail.mails.slice(mails);
	expect(missing?.text).toContain('the table does not know: 5\nThe last time: 3\n');
});

it('keeps what it has written when JOFI has a problem, and goes on with the others the next time', async () => {
	const [first, second] = [jofi.invite(), jofi.invite()];
	jofi.fail(
		{ status: 503, json: {} },
		{ path: new RegExp(`^GET /invitations/${first.invitationId}`) },
	);
	const mails = harness.mail.mails.length;
	await expectRun('error');
	expect(harness.mail.mails.at(mails)?.text).toContain('The run ended early');
	await expectRun('success');
	await expectTruthAbout(first, second);
});

it('sets aside whom JOFI does not know, says so once, and asks about all others', async () => {
	const unknown = 424_242;
	await harness.deliverInTurn(PEOPLE, [invited({ ...person(2), invitationId: unknown })]);
	const newest = jofi.complete(jofi.invite(), 6);
	const mails = harness.mail.mails.length;
	await expectRun('success');
	await expectTruthAbout(newest);
	expect(harness.mail.mails.slice(mails).map(({ text }) => text)).toEqual([
		expect.stringContaining(
			`JOFI does not know these invitation IDs of the table jofi people:\n- ${unknown}\n`,
		),
	]);
	jofi.forgetRequests();
	await expectRun('success');
	expect(harness.mail.mails).toHaveLength(mails + 1);
	expect(jofi.requests.filter(({ path }) => path.endsWith(String(unknown)))).toEqual([]);
});

it('leaves the newer state of an event that arrives while it asks', async () => {
	const one = jofi.complete(jofi.invite(), 6);
	await expectRun('success');
	// JOFI answers about the state before; the event is about the one after.
	jofi.complete(one, 7);
	const live = lastAssessment({ id: one.testTakerId, invitation_id: one.invitationId });
	meanwhile = async (path) => {
		if (!path.endsWith(`/test-takers/${one.testTakerId}`)) return;
		meanwhile = undefined;
		await harness.deliverInTurn(PEOPLE, [{ ...live, created_at: new Date().toISOString() }]);
	};
	await expectRun('success');
	const rows = await harness.tableRows('jofi people');
	expect(rows.find((row) => row.invitation_id === String(one.invitationId))).toMatchObject({
		all_assessments_completed: true,
		event_id: live.id,
	});
});

it('reaches everybody under a limit of requests, whoever waited longest first', async () => {
	// More than JOFI lists.
	const people = Array.from({ length: WINDOW + 4 }, () => jofi.complete(jofi.invite(), 6));
	await harness.deliverAtOnce(PEOPLE, people.map(invited));
	jofi.limit({ requests: 10, refusals: 3 });
	await expectRun('success');
	jofi.limit();
	await expectTruthAbout(...people);
});

it('refuses a test key, and asks nothing more with it', async () => {
	const before = await news();
	await harness.addCredential('jofiApi', { apiKey: jofi.testKey });
	await useCatchUp();
	jofi.forgetRequests();
	const execution = await harness.runByHand(TEMPLATE, 'By hand');
	expect(await harness.rest.errorOf(execution.id)).toMatch(/^Catching up needs a live API key/);
	expect(jofi.requests.map(({ path }) => path)).toEqual(['/accounts']);
	expect(await news()).toEqual(before);
});

async function useCatchUp(): Promise<void> {
	await harness.publishTemplate(TEMPLATE, undefined, {
		settings: SETTINGS,
		workflowIds: { 'Hand over to template 7': harness.workflowOf(PEOPLE).id },
	});
}

/** The rows of people without what changes each time. */
async function news() {
	const rows = await harness.tableRows('jofi people');
	return rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([column]) => !NOT_NEWS.includes(column))),
	);
}

async function expectRun(status: string): Promise<void> {
	const execution = await harness.runByHand(TEMPLATE, 'By hand');
	if (execution.status !== status) throw new Error(await harness.rest.errorOf(execution.id));
}

/** Compares the table with what JOFI knows. Rows of samples are left out. */
async function expectTruth(people: Person[] = jofi.people): Promise<void> {
	const rows = await harness.tableRows('jofi people');
	expectRows(
		rows.filter((row) => row.invitation_id !== String(SAMPLE)),
		people,
	);
}

/** Compares some people's rows with what JOFI knows. */
async function expectTruthAbout(...people: Person[]): Promise<void> {
	const ids = people.map(({ invitationId }) => String(invitationId));
	const rows = await harness.tableRows('jofi people');
	expectRows(
		rows.filter((row) => ids.includes(String(row.invitation_id))),
		people,
	);
}

function expectRows(rows: Array<Record<string, unknown>>, people: Person[]): void {
	const byId = [...rows].sort(
		(one, other) => Number(one.invitation_id) - Number(other.invitation_id),
	);
	expect(byId).toMatchObject(
		people.map((one) => ({
			invitation_id: String(one.invitationId),
			person_id: one.person_id ?? null,
			email: one.email,
			invitation_accepted_at: one.acceptedAt,
			test_taker_id: one.testTakerId === null ? null : String(one.testTakerId),
			career_navigation_profile_id: one.profileId,
			assessments_completed:
				one.testTakerId === null
					? null
					: one.assignments.filter(({ completedAt }) => completedAt !== null).length,
		})),
	);
}

/** The person with a number, as counted from 1. */
function person(number: number): Person {
	const found = jofi.people[number - 1];
	if (!found) throw new Error(`There is no person ${number}`);
	return found;
}

function invited(one: Person) {
	const event = jofiEvent('invitation.created');
	const { invitationId: id, email, person_id } = one;
	return { ...event, data: { object: { ...event.data.object, id, email, person_id } } };
}
