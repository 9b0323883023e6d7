import type { SentEvent } from '../../support/jofi';
import {
	daysAgo,
	lastAssessment,
	personalEvent,
	TemplateHarness,
} from '../../support/templateHarness';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '9-remind';
const EVERY_MORNING = 'Every morning at 9';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(PEOPLE);
	await harness.deliverAtOnce(PEOPLE, [
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
	const texts = harness.mail.mails.map(({ text }) => text).join('\n');
	expect(texts).toContain('Hello Late to accept,');
	expect(texts).toContain('Here is your link: https://example.com/assessment/1');
	expect(texts).toContain('JOFI Thinking Skills: completed');
	expect(texts).toContain('JOFI Career Interests: not started');
	expect(await mailsOfARun()).toEqual([]);
});

it('reminds somebody who has accepted of finishing, once more and no more', async () => {
	await harness.deliverAtOnce(PEOPLE, accepted(1, 'Late to accept', 7.5));
	expect(await mailsOfARun()).toEqual([
		['person1@example.com', 'Your assessments are waiting for you'],
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('reminds nobody who has finished, be it another invitation of the same id or address', async () => {
	await harness.deliverAtOnce(PEOPLE, [
		...accepted(7, 'Just in time', 20),
		finished(7, 'Just in time'),
		invited(820, 'Same id', 5),
		finished(821, 'Same id', { person_id: 'APPLICANT-820' }),
		invited(830, 'Same address', 5, { person_id: null }),
		finished(831, 'Same address', { person_id: 'APPLICANT-830', email: 'Person830@Example.com' }),
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('goes on with the others where it stopped, when the mail server failed', async () => {
	await harness.deliverAtOnce(PEOPLE, [invited(8, 'First', 5), invited(9, 'Second', 5)]);
	harness.mail.refuseNext(1);
	const failed = await harness.runByHand(TEMPLATE, EVERY_MORNING);
	expect(failed.status).toBe('error');
	const other = await mailsOfARun();
	expect(other).toHaveLength(1);
	const first = await harness.mailsDuring(async () => await harness.retry(TEMPLATE, failed.id));
	expect([...other, ...first.map(described)].sort()).toEqual([
		['person8@example.com', 'Your invitation to our assessments'],
		['person9@example.com', 'Your invitation to our assessments'],
	]);
});

it('writes to the recruiter, which is the default', async () => {
	await harness.publishTemplate(TEMPLATE);
	await harness.deliverAtOnce(PEOPLE, [invited(10, 'Tenth', 6)]);
	expect(await mailsOfARun()).toEqual([
		['recruiting@example.com', 'Tenth has not accepted the invitation for 6 days'],
	]);
});

/** Receiver and subject of each mail that a run sends, in the order of the receivers. */
async function mailsOfARun() {
	return (await harness.mailsOfRun(TEMPLATE, EVERY_MORNING)).map(described).sort();
}

function described({ to, subject }: (typeof harness.mail.mails)[number]) {
	return [[to].flat()[0]?.text, subject];
}

function personal(id: number, name: string) {
	return {
		first_name: name,
		last_name: null,
		person_id: `APPLICANT-${id}`,
		email: `person${id}@example.com`,
		assessment_url: `https://example.com/assessment/${id}`,
	};
}

function invited(id: number, name: string, days: number, fields: object = {}): SentEvent {
	const times = { created_at: daysAgo(days), accepted_at: null };
	return personalEvent('invitation.created', { id, ...personal(id, name), ...times, ...fields });
}

/** Somebody who was invited two days before accepting, and has completed two of three assessments. */
function accepted(id: number, name: string, days: number): SentEvent[] {
	const invitedAt = daysAgo(days + 2);
	return [
		personalEvent('invitation.accepted', {
			id,
			...personal(id, name),
			created_at: invitedAt,
			accepted_at: daysAgo(days),
		}),
		personalEvent('test_taker.assessment_completed', {
			...taker(id, name),
			invitation_created_at: invitedAt,
		}),
	];
}

function finished(id: number, name: string, fields: object = {}): SentEvent {
	return lastAssessment({ ...taker(id, name), ...fields });
}

function taker(id: number, name: string) {
	return { id: 1000 + id, invitation_id: id, ...personal(id, name) };
}
