import { lastAssessment, personalEvent, TemplateHarness } from '../../support/templateHarness';
import { JOFI_HOST, JofiApi, type Person } from '../../support/outside/jofiApi';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '16-catch-up';
/** How many people JOFI lists. */
const WINDOW = 6;
/** The invitation of an invented person, whom JOFI does not know. */
const SAMPLE = 999;

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

it('only fills the table in its first run, and sends nothing', async () => {
	inviteMore(6, 'APPLICANT-');
	jofi.complete(person(1), 6);
	// An event that came in the usual way, and a row from trying the template.
	const sample = invited({ ...person(2), invitationId: SAMPLE });
	await harness.deliverInTurn(PEOPLE, [invited(person(2)), { ...sample, id: 'evt_sample_1' }]);
	expect(await mailsOfRun()).toEqual([]);
	expect(await allRows()).toMatchObject(truthOf(jofi.people));
});

it('finds what happened while n8n was off, and the table equals the truth', async () => {
	await harness.server.stop();
	jofi.accept(person(2));
	jofi.accept(person(3));
	jofi.complete(person(1), 7);
	jofi.complete(person(3), 6);
	jofi.createProfile(jofi.complete(person(4)));
	inviteMore(5, 'APPLICANT-');
	jofi.complete(person(8), 8);
	await harness.server.launch();
	await harness.waitForUrl(PEOPLE);
	await harness.rest.logIn();

	const [mail, ...more] = await mailsOfRun();
	expect(await allRows()).toMatchObject(truthOf(jofi.people));
	expect(more).toEqual([]);
	expect(mail?.subject).toBe('JOFI: caught up with 20 things');
	const { testTakerId, assignments } = person(1);
	expect(mail?.text).toContain(
		`- Linda Sample completed JOFI Thinking Skills (catchup:test_taker.assessment_completed:${testTakerId}:${assignments[1]?.id})`,
	);
	expect((await rowsOf([person(4)]))[0]).toMatchObject({
		event_id: `catchup:career_navigation_profile.created:${person(4).profileId}`,
		event_name: 'Career Navigation Profile Created',
		event_created_at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
	});
});

it('changes nothing when it runs again', async () => {
	const before = await news();
	expect(await mailsOfRun()).toEqual([]);
	expect(await news()).toEqual(before);
});

it('says once that something may be missing after more than JOFI lists', async () => {
	const notFound = inviteMore(WINDOW + 3, 'LATER-').slice(0, 3);
	jofi.complete(person(9));
	const [found, missing] = await mailsOfRun();
	const known = jofi.people.filter((one) => !notFound.includes(one));
	expect(await allRows()).toMatchObject(truthOf(known));
	expect(found?.subject).toBe('JOFI: caught up with 11 things');
	expect(missing?.subject).toBe('JOFI: the table of people may lack somebody');
	expect(missing?.text).toContain('the table does not know: 3\nThe last time: 0\n');
	expect(await mailsOfRun()).toEqual([]);
});

it('says so too when newer people came in the usual way meanwhile', async () => {
	inviteMore(2, 'MISSED-');
	await harness.deliverAtOnce(PEOPLE, inviteMore(WINDOW).map(invited));
	const [missing] = await mailsOfRun();
	expect(missing?.text).toContain('the table does not know: 5\nThe last time: 3\n');
});

describe('with those set aside who were invited before', () => {
	beforeEach(async () => {
		await harness.setTimes('jofi people', 'set_aside_at', '2026-01-01');
		jofi.forgetRequests();
	});

	it('keeps what it has written when JOFI has a problem, and goes on with the others the next time', async () => {
		const people = inviteMore(2);
		const path = new RegExp(`^GET /invitations/${people[0]?.invitationId}`);
		jofi.fail({ status: 503, json: {} }, { path });
		const [mail] = await mailsOfRun('error');
		expect(mail?.text).toContain('The run ended early');
		await mailsOfRun();
		expect(await rowsOf(people)).toMatchObject(truthOf(people));
	});

	it('sets aside whom JOFI does not know, says so once, and asks about all others', async () => {
		const unknown = 424_242;
		await harness.deliverInTurn(PEOPLE, [invited({ ...person(2), invitationId: unknown })]);
		const newest = jofi.complete(jofi.invite(), 6);
		const mails = await mailsOfRun();
		expect(await rowsOf([newest])).toMatchObject(truthOf([newest]));
		expect(mails.map(({ text }) => text)).toEqual([
			expect.stringContaining(
				`JOFI does not know these invitation IDs of the table jofi people:\n- ${unknown}\n`,
			),
		]);
		jofi.forgetRequests();
		expect(await mailsOfRun()).toEqual([]);
		expect(jofi.requests.filter(({ path }) => path.endsWith(String(unknown)))).toEqual([]);
	});

	it('leaves the newer state of an event that arrives while it asks', async () => {
		const one = jofi.complete(jofi.invite(), 6);
		await mailsOfRun();
		// JOFI answers about the state before; the event is about the one after.
		jofi.complete(one, 7);
		const live = lastAssessment({ id: one.testTakerId, invitation_id: one.invitationId });
		meanwhile = async (path) => {
			if (!path.endsWith(`/test-takers/${one.testTakerId}`)) return;
			meanwhile = undefined;
			await harness.deliverInTurn(PEOPLE, [{ ...live, created_at: new Date().toISOString() }]);
		};
		await mailsOfRun();
		expect(await rowsOf([one])).toMatchObject([
			{ all_assessments_completed: true, event_id: live.id },
		]);
	});

	it('reaches everybody under a limit of requests, whoever waited longest first', async () => {
		// More than JOFI lists.
		const people = inviteMore(WINDOW + 4).map((one) => jofi.complete(one, 6));
		await harness.deliverAtOnce(PEOPLE, people.map(invited));
		jofi.limit({ requests: 10, refusals: 3 });
		await mailsOfRun();
		jofi.limit();
		expect(await rowsOf(people)).toMatchObject(truthOf(people));
	});
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
	await harness.publishTemplate(TEMPLATE, {
		settings: { follow_for_days: 36_500, wait_seconds: 0.1 },
		workflowIds: { 'Hand over to template 7': harness.workflowOf(PEOPLE).id },
	});
}

async function mailsOfRun(status = 'success') {
	return await harness.mailsDuring(async () => {
		const execution = await harness.runByHand(TEMPLATE, 'By hand');
		if (execution.status !== status) throw new Error(await harness.rest.errorOf(execution.id));
	});
}

/** The rows of people, by their invitations, without the invented one. */
async function allRows() {
	const rows = await harness.rest.tableRows('jofi people');
	return rows
		.filter((row) => row.invitation_id !== String(SAMPLE))
		.sort((one, other) => Number(one.invitation_id) - Number(other.invitation_id));
}

async function rowsOf(people: Person[]) {
	const ids = people.map(({ invitationId }) => String(invitationId));
	return (await allRows()).filter((row) => ids.includes(String(row.invitation_id)));
}

/** The rows without what changes each time. */
async function news() {
	return (await allRows()).map((row) => ({ ...row, asked_at: null, updatedAt: null }));
}

/** How the rows of people have to read by what JOFI knows. */
function truthOf(people: Person[]) {
	return people.map((one) => ({
		invitation_id: String(one.invitationId),
		person_id: one.person_id ?? null,
		email: one.email,
		invitation_accepted_at: one.acceptedAt,
		test_taker_id: one.testTakerId && String(one.testTakerId),
		career_navigation_profile_id: one.profileId,
		assessments_completed:
			one.testTakerId && one.assignments.filter(({ completedAt }) => completedAt !== null).length,
	}));
}

/** JOFI invites so many people, each with an id of their own. */
function inviteMore(count: number, prefix = 'PERSON-'): Person[] {
	return Array.from({ length: count }, () =>
		jofi.invite({ person_id: `${prefix}${jofi.people.length + 1}` }),
	);
}

/** The person with a number, as counted from 1. */
function person(number: number): Person {
	return jofi.people[number - 1] as Person;
}

function invited({ invitationId: id, email, person_id }: Person) {
	return personalEvent('invitation.created', { id, email, person_id });
}
