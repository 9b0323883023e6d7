import { EVENT_CATALOGUE, eventName, findInCatalogue } from '../../../nodes/Jofi/events/catalogue';

test("holds the five types of JOFI's events page, in its order", () => {
	expect(EVENT_CATALOGUE.map(({ type, object }) => [type, object])).toEqual([
		['invitation.created', 'invitation'],
		['invitation.accepted', 'invitation'],
		['test_taker.created', 'test_taker'],
		['test_taker.assessment_completed', 'test_taker'],
		['career_navigation_profile.created', 'career_navigation_profile'],
	]);
});

test.each([
	['invitation.created', 'Invitation Created'],
	['test_taker.assessment_completed', 'Assessment Completed'],
	['report.sent_again', 'Report Sent Again'],
	['x', 'X'],
	['.', null],
	['', null],
	[5, null],
	[undefined, null],
])('%p is called %p', (type, name) => {
	expect(eventName(type)).toBe(name);
});

test.each(['__proto__', 'constructor', 'INVITATION.CREATED', null])('%p is not in it', (type) => {
	expect(findInCatalogue(type)).toBeUndefined();
});
