/** Pictures of what comes out in the end: rows, runs, mails. */
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../../test/support/jofi';
import { waitForWebhook } from '../../test/support/n8n/rest';
import { fillIn, importTemplate, triggerOf } from '../../test/support/templates';
import { productionUrl } from '../../test/support/workflows';
import { PEOPLE } from './people';
import { keep, SECRET, type Taker } from './studio';

export const RESULT_TAKERS: Taker[] = [
	{
		names: ['first-rows.webp', 'executions.webp'],
		take: async (studio) => {
			const { editor, page, server, rest, credential } = studio;
			const imported = await importTemplate(rest, '0-first-rows');
			const workflow = await fillIn(rest, imported, {
				credentials: { jofiWebhookApi: credential },
			});
			await rest.publish(workflow);
			const url = productionUrl(server.url, triggerOf(workflow));
			await waitForWebhook(url);
			for (const [index, person] of PEOPLE.entries()) {
				const event = jofiEvent(EVENT_TYPES[index] ?? 'invitation.created', {
					id: `evt_1a2b3c4d5e${index}f`,
					created_at: `2026-02-03T1${index}:43:36.744Z`,
				});
				Object.assign(event.data.object, person, { invitation_id: 12345 + index });
				await deliver(url, event, hmac(SECRET));
				await rest.finishedExecutions(workflow.id, index + 1);
			}
			const table = (await rest.dataTables()).find(({ name }) => name === 'jofi rows');
			if (!table) throw new Error('There is no table of the first rows');
			await page.goto(`${server.url}/projects/${table.projectId}/datatables/${table.id}`);
			await page.getByText('Noah Berg').waitFor();
			await page.waitForTimeout(1000);
			await editor.closeMessages();
			// The columns up to the email address, without cutting one in two, and a line below the rows.
			const last = await page
				.locator('.ag-header-cell[col-id]')
				.filter({ hasText: 'email' })
				.boundingBox();
			const row = await page.getByText('Noah Berg').boundingBox();
			if (!last || !row) throw new Error('The table is not on the screen');
			await keep('first-rows.webp', page, {
				x: 42,
				y: 64,
				width: last.x + last.width - 42,
				height: row.y + row.height + 18 - 64,
			});
			await editor.executions(workflow.id);
			await page.waitForTimeout(2000);
			// n8n's checklist lies over the list.
			await page.getByTestId('suggested-actions-close').click();
			await editor.closeMessages();
			const list = page.getByTestId('executions-sidebar');
			const runs = await list.boundingBox();
			const oldest = await list
				.locator('[data-test-id^="execution-details-"]')
				.last()
				.boundingBox();
			if (!runs || !oldest) throw new Error('The runs are not on the screen');
			const height = oldest.y + oldest.height + 18 - runs.y;
			await keep('executions.webp', page, { ...runs, height });
		},
	},
	{
		names: ['mail.webp'],
		take: async ({ server, rest, mail, context, credential }) => {
			const imported = await importTemplate(rest, '3-mail-when-all-completed');
			const smtp = await rest.createCredential('smtp', mail.credential);
			const workflow = await fillIn(rest, imported, {
				credentials: { jofiWebhookApi: credential, smtp },
			});
			await rest.publish(workflow);
			const url = productionUrl(server.url, triggerOf(workflow));
			await waitForWebhook(url);
			const event = jofiEvent('test_taker.assessment_completed');
			const assigned = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
			for (const assessment of assigned) assessment.completed_at ??= '2026-02-03T13:20:11.000Z';
			const scorecard_url = 'https://example.com/scorecard';
			Object.assign(event.data.object, PEOPLE[2], { scorecard_url });
			await deliver(url, event, hmac(SECRET));
			await rest.finishedExecutions(workflow.id, 1);
			const [sent] = mail.mails;
			if (!sent?.html) throw new Error('No mail came');
			const to = Array.isArray(sent.to) ? sent.to[0] : sent.to;
			const reader = await context.newPage();
			await reader.setViewportSize({ width: 720, height: 400 });
			await reader.setContent(`<!DOCTYPE html><meta charset="utf-8">
<body style="margin: 0; font: 15px/1.5 sans-serif; background: #fff; color: #222">
<div style="padding: 14px 20px; background: #f1f3f7; border-bottom: 1px solid #ccd2dd">
<b style="font-size: 17px" id="subject"></b><div id="from"></div><div id="to"></div></div>
<div style="padding: 16px 20px">${sent.html}</div></body>`);
			const heading = {
				subject: sent.subject,
				from: `From: ${sent.from?.text}`,
				to: `To: ${to?.text}`,
			};
			for (const [id, text] of Object.entries(heading)) {
				await reader.locator(`#${id}`).evaluate((element, value) => {
					element.textContent = value ?? '';
				}, text);
			}
			await keep('mail.webp', reader, reader.locator('body'));
			await reader.close();
		},
	},
];
