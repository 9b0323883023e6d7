import type { SentEvent } from '../../support/jofi';
import { accepted, completed, invited } from '../../support/life';
import { daysAgo, lastAssessment, TemplateHarness } from '../../support/templateHarness';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '9-remind';
const EVERY_MORNING = 'Every morning at 9';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(PEOPLE);
	await harness.deliverAtOnce(PEOPLE, [
		invited(1, 4, named('Late to accept')),
		invited(2, 2, named('In time')),
		...began(3, 'Late to finish', 8),
		...began(4, 'Has finished', 8),
		finished(4, 'Has finished'),
		invited(5, 40, named('Given up')),
		...began(6, 'Accepted late', 3),
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
	await harness.deliverAtOnce(PEOPLE, began(1, 'Late to accept', 7.5));
	expect(await mailsOfARun()).toEqual([
		['person1@example.com', 'Your assessments are waiting for you'],
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('reminds nobody who has finished, be it another invitation of the same id or address', async () => {
	await harness.deliverAtOnce(PEOPLE, [
		...began(7, 'Just in time', 20),
		finished(7, 'Just in time'),
		invited(820, 5, named('Same id')),
		finished(821, 'Same id', { person_id: 'APPLICANT-820' }),
		invited(830, 5, { ...named('Same address'), person_id: null }),
		finished(831, 'Same address', { person_id: 'APPLICANT-830', email: 'Person830@Example.com' }),
	]);
	expect(await mailsOfARun()).toEqual([]);
});

it('goes on with the others where it stopped, when the mail server failed', async () => {
	await harness.deliverAtOnce(PEOPLE, [
		invited(8, 5, named('First')),
		invited(9, 5, named('Second')),
	]);
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
	const recruiter_email = ' recruiting@example.com; Ann <ann@example.com>\n';
	await harness.publishTemplate(TEMPLATE, { settings: { recruiter_email } });
	await harness.deliverAtOnce(PEOPLE, [invited(10, 6.5, named('Tenth'))]);
	expect(await mailsOfARun()).toEqual([
		['recruiting@example.com, ann@example.com', 'Tenth has not accepted the invitation for 6 days'],
	]);
});

/** Receiver and subject of each mail that a run sends, in the order of the receivers. */
async function mailsOfARun() {
	return (await harness.mailsOfRun(TEMPLATE, EVERY_MORNING)).map(described).sort();
}

function described({ to, subject }: (typeof harness.mail.mails)[number]) {
	return [[to].flat()[0]?.text, subject];
}

const named = (first_name: string) => ({ first_name, last_name: null });

/** Somebody who was invited two days before accepting, and has completed two of three assessments. */
function began(id: number, name: string, days: number): SentEvent[] {
	const fields = named(name);
	return [
		accepted(id, days + 2, { ...fields, accepted_at: daysAgo(days) }),
		completed(id, days + 2, fields),
	];
}

function finished(id: number, name: string, fields: object = {}): SentEvent {
	const { object } = completed(id, 5, { ...named(name), ...fields }).data;
	return lastAssessment(object);
}
