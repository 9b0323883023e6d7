import { lastAssessment, TemplateHarness, personalEvent } from '../../support/templateHarness';
import type { SentEvent } from '../../support/jofi';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '9-remind';
const EVERY_MORNING = 'Every morning at 9';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(PEOPLE);
	await harness.deliverInTurn(PEOPLE, [
		invited(1, 'Late to accept', 4),
		invited(2, 'In time', 2),
		...accepted(3, 'Late to finish', 8),
		...accepted(4, 'Has finished', 8),
		finished(4, 'Has finished'),
		invited(5, 'Given up', 40),
		...accepted(6, 'Accepted late', 3),
	]);
});

it('reminds those who are late, and nobody twice', async () => {
	await harness.publishTemplate(TEMPLATE, { settings: { remind: 'candidate' } });
	expect(await mailsOfARun()).toEqual([
		['person1@example.com', 'Your invitation to our assessments'],
		['person3@example.com', 'Your assessments are waiting for you'],
	]);
	const [toAccept, toFinish] = harness.mail.mails.slice(-2);
	expect(toAccept?.text).toContain('Hello Late to accept,');
	expect(toAccept?.text).toContain('Here is your link: https://example.com/assessment/1');
	expect(toFinish?.text).toContain('JOFI Thinking Skills: completed');
	expect(toFinish?.text).toContain('JOFI Career Interests: not started');

	expect(await mailsOfARun()).toEqual([]);
});

it('reminds somebody who has accepted of finishing, once more and no more', async () => {
	await harness.deliverInTurn(PEOPLE, accepted(1, 'Late to accept', 7.5));
	expect(await mailsOfARun()).toEqual([
		['person1@example.com', 'Your assessments are waiting for you'],
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('reminds nobody who has finished meanwhile', async () => {
	await harness.deliverInTurn(PEOPLE, [
		...accepted(7, 'Just in time', 20),
		finished(7, 'Just in time'),
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('reminds nobody who was invited twice and has finished one of the two', async () => {
	const anew = (fields: Record<string, unknown>) => [
		personalEvent('invitation.created', { created_at: daysAgo(5), accepted_at: null, ...fields }),
	];
	await harness.deliverInTurn(PEOPLE, [
		...anew({ ...personal(820, 'Same id'), id: 820 }),
		lastAssessment({ ...personal(820, 'Same id'), id: 1821, invitation_id: 821 }),
		...anew({ ...personal(830, 'Same address'), id: 830, person_id: null }),
		lastAssessment({
			...personal(830, 'Same address'),
			email: 'Person830@Example.com',
			id: 1831,
			invitation_id: 831,
		}),
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('goes on with the others where it stopped, when the mail server failed', async () => {
	await harness.deliverInTurn(PEOPLE, [invited(8, 'First', 5), invited(9, 'Second', 5)]);
	harness.mail.refuseNext(1);
	const failed = await harness.runByHand(TEMPLATE, EVERY_MORNING);
	expect(failed.status).toBe('error');
	expect(await mailsOfARun()).toEqual([
		['person9@example.com', 'Your invitation to our assessments'],
	]);
	const mails = harness.mail.mails.length;
	await harness.retry(TEMPLATE, failed.id);
	expect(harness.mail.mails.slice(mails).map(({ to }) => [to].flat()[0]?.text)).toEqual([
		'person8@example.com',
	]);
});

it('writes to the recruiter, which is the default', async () => {
	await harness.publishTemplate(TEMPLATE);
	await harness.deliverInTurn(PEOPLE, [invited(10, 'Tenth', 6)]);
	expect(await mailsOfARun()).toEqual([
		['recruiting@example.com', 'Tenth has not accepted the invitation for 6 days'],
	]);
});

/** Receiver and subject of each mail that a run sends. */
async function mailsOfARun() {
	const mails = await harness.mailsOfRun(TEMPLATE, EVERY_MORNING);
	return mails.map(({ to, subject }) => [[to].flat()[0]?.text, subject]);
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const personal = (id: number, name: string) => ({
	first_name: name,
	last_name: null,
	person_id: `APPLICANT-${id}`,
	email: `person${id}@example.com`,
	assessment_url: `https://example.com/assessment/${id}`,
});

function invited(id: number, name: string, days: number): SentEvent {
	return personalEvent('invitation.created', {
		id,
		...personal(id, name),
		created_at: daysAgo(days),
		accepted_at: null,
	});
}

/** Somebody who was invited two days before accepting, and has completed two of three assessments. */
function accepted(id: number, name: string, days: number): SentEvent[] {
	const invitation = personalEvent('invitation.accepted', {
		id,
		...personal(id, name),
		created_at: daysAgo(days + 2),
		accepted_at: daysAgo(days),
	});
	const taker = personalEvent('test_taker.assessment_completed', {
		id: 1000 + id,
		invitation_id: id,
		...personal(id, name),
		invitation_created_at: daysAgo(days + 2),
	});
	return [invitation, taker];
}

function finished(id: number, name: string): SentEvent {
	return lastAssessment({ id: 1000 + id, invitation_id: id, ...personal(id, name) });
}
