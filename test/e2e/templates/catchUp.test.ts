import { jofiEvent } from '../../support/jofi';
import { Office } from '../../support/office';
import { JOFI_HOST, JofiApi, type Person } from '../../support/outside/jofiApi';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '16-catch-up';
const WINDOW = 8;
/** The invitation of an invented person, whom JOFI does not know. */
const SAMPLE = 999;
const SETTINGS = { follow_for_days: 36_500 };

const jofi = new JofiApi({
	invitations: WINDOW,
	testTakers: WINDOW,
	careerNavigationProfiles: WINDOW,
});
let office: Office;

beforeAll(async () => {
	office = await Office.open({ services: { [JOFI_HOST]: jofi.api }, ownServer: true });
	await office.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await office.use(PEOPLE);
	await office.use(TEMPLATE, undefined, { settings: SETTINGS });
});

afterAll(async () => {
	await office?.close();
});

it('only fills the table in its first run, and sends nothing', async () => {
	for (let index = 1; index <= 6; index += 1) jofi.invite({ person_id: `APPLICANT-${index}` });
	jofi.complete(person(1), 6);
	// An event that came in the usual way, and a row from trying the template.
	const sample = invited({ ...person(2), invitationId: SAMPLE });
	await office.runs(PEOPLE, [invited(person(2)), { ...sample, id: 'evt_sample_1' }]);
	await expectRun('success');
	await expectTruth();
	expect(office.mail.mails).toEqual([]);
});

it('finds what happened while n8n was off, and the table equals the truth', async () => {
	await office.server.stop();
	jofi.accept(person(2));
	jofi.accept(person(3));
	jofi.complete(person(1), 7);
	jofi.complete(person(3), 6);
	jofi.complete(person(4));
	jofi.createProfile(person(4));
	for (let index = 7; index <= 11; index += 1) jofi.invite({ person_id: `APPLICANT-${index}` });
	jofi.complete(person(8), 8);
	await office.server.launch();
	await office.waitForUrl(PEOPLE);
	await office.rest.logIn();

	await expectRun('success');
	await expectTruth();
	expect(office.mail.mails.map(({ subject }) => subject)).toEqual([
		'JOFI: caught up with 20 things',
	]);
	const { testTakerId, assignments } = person(1);
	expect(office.mail.mails[0]?.text).toContain(
		`- Linda Sample completed JOFI Thinking Skills (catchup:test_taker.assessment_completed:${testTakerId}:${assignments[1]?.id})`,
	);
	const rows = await office.tableRows('jofi people');
	expect(rows.find((row) => row.person_id === 'APPLICANT-4')).toMatchObject({
		event_id: `catchup:career_navigation_profile.created:${person(4).profileId}`,
		event_name: 'Career Navigation Profile Created',
		event_created_at: null,
	});
});

it('changes nothing when it runs again', async () => {
	const before = await office.tableRows('jofi people');
	const mails = office.mail.mails.length;
	await expectRun('success');
	expect(await office.tableRows('jofi people')).toEqual(before);
	expect(office.mail.mails).toHaveLength(mails);
});

it('says that something may be missing after more than JOFI lists', async () => {
	const since = jofi.people.length;
	for (let index = 1; index <= WINDOW + 3; index += 1) jofi.invite({ person_id: `LATER-${index}` });
	jofi.complete(person(9));

	const mails = office.mail.mails.length;
	await expectRun('success');
	const notFound = jofi.people.slice(since, since + 3);
	await expectTruth(jofi.people.filter((one) => !notFound.includes(one)));
	const [found, missing] = office.mail.mails.slice(mails);
	expect(found?.subject).toBe('JOFI: caught up with 13 things');
	expect(missing?.subject).toBe('JOFI: the table of people may lack somebody');
	expect(missing?.text).toContain('the table does not know: 3\nThe last time: 0\n');

	await expectRun('success');
	expect(office.mail.mails).toHaveLength(mails + 2);
});

it('says so too when newer people came in the usual way meanwhile', async () => {
	for (let index = 1; index <= 2; index += 1) jofi.invite({ person_id: `MISSED-${index}` });
	const newer = Array.from({ length: WINDOW }, () => jofi.invite());
	await office.waitForUrl(PEOPLE);
	await office.runs(PEOPLE, newer.map(invited));
	const mails = office.mail.mails.length;
	await expectRun('success');
	const [missing] = office.mail.mails.slice(mails);
	expect(missing?.text).toContain('the table does not know: 5\nThe last time: 3\n');
});

it.each([
	['has a problem', { status: 503, json: {} }],
	['got too many requests', { status: 429, json: {} }],
])('stops when JOFI %s, changes nothing, and finds it all the next time', async (_, fault) => {
	const known = (await office.tableRows('jofi people')).length;
	const before = await office.tableRows('jofi people');
	const mails = office.mail.mails.length;
	const newest = jofi.complete(jofi.invite(), 6);
	jofi.forgetRequests();
	jofi.fail(fault, { path: /^GET \/test-takers\/\d+/ });
	await expectRun('error');
	expect(await office.tableRows('jofi people')).toEqual(before);
	expect(office.mail.mails).toHaveLength(mails);
	// It asked about one test taker and no further one.
	expect(jofi.requests.filter(({ path }) => /^\/test-takers\/\d/.test(path))).toHaveLength(1);

	await expectRun('success');
	const rows = await office.tableRows('jofi people');
	expect(rows).toHaveLength(known + 1);
	expect(rows.at(-1)).toMatchObject({
		invitation_id: String(newest.invitationId),
		assessments_completed: 1,
	});
});

it('refuses a test key, and asks nothing more with it', async () => {
	const before = await office.tableRows('jofi people');
	await office.addCredential('jofiApi', { apiKey: jofi.testKey });
	await office.use(TEMPLATE, undefined, { settings: SETTINGS });
	jofi.forgetRequests();
	const execution = await office.runByHand(TEMPLATE, 'By hand');
	expect(await office.rest.errorOf(execution.id)).toMatch(/^Catching up needs a live API key/);
	expect(jofi.requests.map(({ path }) => path)).toEqual(['/accounts']);
	expect(await office.tableRows('jofi people')).toEqual(before);
});

async function expectRun(status: string): Promise<void> {
	const execution = await office.runByHand(TEMPLATE, 'By hand');
	if (execution.status === status) return;
	throw new Error(await office.rest.errorOf(execution.id));
}

/** Compares the table with what JOFI knows. Rows of samples are left out. */
async function expectTruth(people: Person[] = jofi.people): Promise<void> {
	const rows = await office.tableRows('jofi people');
	const truth = people.map((one) => ({
		invitation_id: String(one.invitationId),
		person_id: one.person_id ?? null,
		email: one.email,
		invitation_accepted_at: inDenver(one.acceptedAt),
		test_taker_id: one.testTakerId === null ? null : String(one.testTakerId),
		career_navigation_profile_id: one.profileId,
		assessments_completed:
			one.testTakerId === null
				? null
				: one.assignments.filter(({ completedAt }) => completedAt !== null).length,
	}));
	const byId = (one: { invitation_id: unknown }, other: { invitation_id: unknown }) =>
		Number(one.invitation_id) - Number(other.invitation_id);
	const columns = Object.keys(truth[0] ?? {});
	const kept = rows
		.filter((row) => row.invitation_id !== String(SAMPLE))
		.map((row) =>
			Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
		) as typeof truth;
	expect(kept.sort(byId)).toEqual(truth.sort(byId));
}

/** A time as the workflow writes it: the test's n8n is in Denver, where it is seven hours earlier in winter. */
function inDenver(time: string | null): string | null {
	if (time === null) return null;
	const there = new Date(Date.parse(time) - 7 * 3_600_000);
	return there.toISOString().slice(0, 19).replace('T', ' ');
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
