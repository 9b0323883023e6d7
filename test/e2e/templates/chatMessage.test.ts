import { FORGED_LINES, TemplateHarness, personalEvent } from '../../support/templateHarness';

const TEMPLATE = '8-chat-message';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE);
});

it('posts who completed what, with signs that Slack shows as they are', async () => {
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('test_taker.assessment_completed', {
			first_name: '<!channel>',
			last_name: '& Co',
		}),
		personalEvent('test_taker.assessment_completed', { scorecard_url: null }),
		personalEvent('test_taker.assessment_completed', { ...FORGED_LINES, scorecard_url: null }),
	]);
	expect(harness.slack.messages).toMatchObject([
		{
			channel: '#recruiting',
			text:
				'&lt;!channel&gt; &amp; Co completed JOFI Personality Traits (2 of 3).\n' +
				'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		},
		{ channel: '#recruiting', text: 'Linda Sample completed JOFI Personality Traits (2 of 3).' },
		{
			channel: '#recruiting',
			text: 'Zoe Scorecard: https://evil.example Fox completed JOFI Personality Traits (2 of 3).',
		},
	]);
});
