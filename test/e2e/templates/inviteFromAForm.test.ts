import { requestForm } from '../../support/forms';
import { TemplateHarness } from '../../support/templateHarness';
import { JOFI_HOST, JofiApi, type Fault } from '../../support/outside/jofiApi';

const TEMPLATE = '15-invite-from-a-form';
const LOGIN = { user: 'recruiter', password: 'only for us' };

const jofi = new JofiApi();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: { [JOFI_HOST]: jofi.api } });
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.addCredential('httpBasicAuth', LOGIN);
	await harness.publishTemplate(TEMPLATE, {
		waitsIf: "$('A form').first().json['First name'] === 'Bob'",
	});
});

it('invites somebody, and mails the link', async () => {
	const mail = await mailOf('Ann', 'APPLICANT-1');
	expect(jofi.people).toMatchObject([
		{
			first_name: 'Ann',
			last_name: 'Lee',
			email: 'ann@example.com',
			person_id: 'APPLICANT-1',
			custom_id: 'REQ-1042',
			created_by_user_email: 'jane.recruiter@jofiscore.com',
		},
	]);
	const { invitationId } = jofi.people[0] ?? {};
	const link = `https://www.jofiscore.com/welcome/invitation-${invitationId}`;
	expect(mail).toMatchObject({
		subject: 'Ann Lee was invited to JOFI',
		text: `Link to the assessments: ${link}\nInvitation: ${invitationId}\n`,
	});
	expect(await harness.rest.tableRows('jofi invited')).toMatchObject([
		{ person_id: 'APPLICANT-1', invitation_id: String(invitationId), outcome: 'invited' },
	]);
});

it('lets nobody in without the password', async () => {
	expect(await submit('Eve', 'APPLICANT-9', 'wrong')).toBe(401);
	expect(jofi.people).toHaveLength(1);
});

it('invites nobody a second time', async () => {
	const mail = await mailOf('Ann', ' APPLICANT-1');
	expect(jofi.people).toHaveLength(1);
	expect(mail?.subject).toBe('Ann Lee was invited to JOFI before');
	expect(mail?.text).toContain('Outcome: invited\n');
	expect(await harness.rest.tableRows('jofi invited')).toHaveLength(1);
});

it('invites once when the form comes six times at the same moment', async () => {
	const mails = await harness.mailsDuring(async () => {
		await Promise.all(Array.from({ length: 6 }, async () => await submit('Bob', 'APPLICANT-2')));
	});
	expect(jofi.people.map((person) => person.person_id)).toEqual(['APPLICANT-1', 'APPLICANT-2']);
	const subjects = mails.map(({ subject }) => subject);
	expect(subjects.filter((subject) => subject === 'Bob Lee was invited to JOFI')).toHaveLength(1);
	expect(subjects.filter((subject) => /before$|already$/.test(String(subject)))).toHaveLength(5);
	expect(await harness.rest.tableRows('jofi invited')).toHaveLength(2);
});

it.each([
	[
		{ status: 401, json: { error: 'API key revoked' } },
		'JOFI refused the API key (401): API key revoked\nWhat to do: Nothing was created. Check the key in the JOFI API credential,',
	],
	[
		{ status: 400, json: { error: 'team_id is unknown' } },
		'JOFI did not accept this invitation: team_id is unknown\nWhat to do: Nothing was created. Check the fields,',
	],
	[
		{ status: 429, json: {} },
		'JOFI got too many requests and did not answer this one, for this invitation (429)\nWhat to do: Nothing was created. Wait a minute',
	],
])('after the certain failure %j the form can be sent again', async (reply, advice) => {
	jofi.fail(reply, { path: /^POST/ });
	const personId = `REFUSED-${reply.status}`;
	const failed = await mailOf('Rosa', personId);
	expect(failed?.subject).toBe('Rosa Lee was not invited to JOFI');
	expect(failed?.text).toContain(`What happened: ${advice}`);
	expect(failed?.text).toContain('Nobody was invited. Send the form again once that is put right.');

	const repeat = await mailOf('Rosa', personId);
	expect(repeat?.subject).toBe('Rosa Lee was invited to JOFI');
	expect(jofi.people.filter(({ person_id }) => person_id === personId)).toHaveLength(1);
});

it.each<[Fault, string]>([
	[{ hangUp: true, isTakenFirst: true }, 'n8n could not reach JOFI'],
	[{ status: 408, json: {} }, 'JOFI is not available at the moment'],
])('after the uncertain failure %j it invites nobody again', async (reply, words) => {
	jofi.fail(reply, { path: /^POST/ });
	const personId = `UNCERTAIN ${words}`;
	const failed = await mailOf('Cy', personId);
	expect(failed?.subject).toBe('Cy Lee may have been invited to JOFI');
	expect(failed?.text).toContain(`What happened: ${words}`);
	expect(failed?.text).toContain('What to do: Before you run it again, look in JOFI');
	expect(failed?.text).toContain(`delete the row with the person ID ${personId} from`);

	const sent = jofi.requests.length;
	const repeat = await mailOf('Cy', personId);
	expect(repeat?.subject).toBe('Cy Lee may have been invited to JOFI before');
	expect(repeat?.text).toContain(`Outcome: uncertain: ${words}`);
	expect(jofi.requests).toHaveLength(sent);
});

/** The mail that a form leads to. */
async function mailOf(firstName: string, personId: string) {
	return (await harness.mailsDuring(async () => await submit(firstName, personId)))[0];
}

/** Sends the form; gives the status of the answer, once the run has ended. */
async function submit(firstName: string, personId: string, password = LOGIN.password) {
	const email = `${firstName.toLowerCase()}@example.com`;
	const answers = [firstName, 'Lee', email, personId, 'REQ-1042'];
	return (await requestForm(harness, TEMPLATE, { ...LOGIN, password }, answers)).status;
}
