/** Pictures of what comes out in the end: rows, runs, mails. */
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../../test/support/jofi';
import { waitForWebhook } from '../../test/support/n8n/rest';
import { fillIn, importTemplate, triggerOf, type Credentials } from '../../test/support/templates';
import { productionUrl } from '../../test/support/workflows';
import { PEOPLE } from './people';
import { boxOf, keep, SECRET, type Studio, type Taker } from './studio';

export const RESULT_TAKERS: Taker[] = [
	{ names: ['first-rows.webp', 'executions.webp'], take: takeRowsAndRuns },
	{ names: ['mail.webp'], take: takeMail },
];

/** Imports a template and publishes it with these credentials. */
async function publishTemplate({ rest, server }: Studio, name: string, credentials: Credentials) {
	const workflow = await fillIn(rest, await importTemplate(rest, name), { credentials });
	await rest.publish(workflow);
	const url = productionUrl(server.url, triggerOf(workflow));
	await waitForWebhook(url);
	return { id: workflow.id, url };
}

async function takeRowsAndRuns(studio: Studio): Promise<void> {
	const { editor, page, server, rest, credential } = studio;
	const { id, url } = await publishTemplate(studio, '0-first-rows', { jofiWebhookApi: credential });
	for (const [index, person] of PEOPLE.entries()) {
		const event = jofiEvent(EVENT_TYPES[index] ?? 'invitation.created', {
			id: `evt_1a2b3c4d5e${index}f`,
			created_at: `2026-02-03T1${index}:43:36.744Z`,
		});
		Object.assign(event.data.object, person, { invitation_id: 12345 + index });
		await deliver(url, event, hmac(SECRET));
		await rest.finishedExecutions(id, index + 1);
	}
	const table = await rest.dataTable('jofi rows');
	await page.goto(`${server.url}/projects/${table.projectId}/datatables/${table.id}`);
	await page.getByText('Noah Berg').waitFor();
	await page.waitForTimeout(1000);
	await editor.closeMessages();
	// The columns up to the email address, without cutting one in two, and a line below the rows.
	const email = page.locator('.ag-header-cell[col-id]').filter({ hasText: 'email' });
	const last = await boxOf(email);
	const row = await boxOf(page.getByText('Noah Berg'));
	const width = last.x + last.width - 42;
	const height = row.y + row.height + 18 - 64;
	await keep('first-rows.webp', page, { x: 42, y: 64, width, height });

	await editor.goTo(`/workflow/${id}/executions`);
	const list = page.getByTestId('executions-sidebar');
	const oldest = list.locator('[data-test-id^="execution-details-"]').last();
	await oldest.waitFor();
	await page.waitForTimeout(2000);
	// n8n's checklist lies over the list.
	await page.getByTestId('suggested-actions-close').click();
	await editor.closeMessages();
	const [runs, end] = [await boxOf(list), await boxOf(oldest)];
	await keep('executions.webp', page, { ...runs, height: end.y + end.height + 18 - runs.y });
}

async function takeMail(studio: Studio): Promise<void> {
	const { rest, mail, context, credential: jofiWebhookApi } = studio;
	const smtp = await rest.createCredential('smtp', mail.credential);
	const credentials = { jofiWebhookApi, smtp };
	const { id, url } = await publishTemplate(studio, '3-mail-when-all-completed', credentials);
	const event = jofiEvent('test_taker.assessment_completed');
	const assigned = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
	for (const assessment of assigned) assessment.completed_at ??= '2026-02-03T13:20:11.000Z';
	const scorecard_url = 'https://example.com/scorecard';
	Object.assign(event.data.object, PEOPLE[2], { scorecard_url });
	await deliver(url, event, hmac(SECRET));
	await rest.finishedExecutions(id, 1);
	const [sent] = mail.mails;
	if (!sent?.html) throw new Error('No mail came');
	const to = Array.isArray(sent.to) ? sent.to[0] : sent.to;
	const reader = await context.newPage();
	await reader.setViewportSize({ width: 720, height: 400 });
	await reader.setContent(`<!DOCTYPE html><meta charset="utf-8">
<body style="margin: 0; font: 15px/1.5 sans-serif; background: #fff; color: #222">
<div style="padding: 14px 20px; background: #f1f3f7; border-bottom: 1px solid #ccd2dd">
<b style="font-size: 17px"></b><div></div><div></div></div>
<div style="padding: 16px 20px">${sent.html}</div></body>`);
	await reader
		.locator('body > div')
		.first()
		.evaluate(
			(heading, texts) => {
				for (const [index, text] of texts.entries()) {
					const line = heading.children[index];
					if (line) line.textContent = text;
				}
			},
			[sent.subject ?? '', `From: ${sent.from?.text}`, `To: ${to?.text}`],
		);
	await keep('mail.webp', reader, reader.locator('body'));
	await reader.close();
}
