import type { IWebhookFunctions } from 'n8n-workflow';
import type { Answer } from './answers';
import type { Delivery } from './delivery';
import { PAGE_HEADERS, type Page } from './sample/page';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;
type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Takes from n8n's request what `receive` needs, and follows its response to see how it is answered.
 *
 * @param request - n8n's request
 * @param response - n8n's response to it
 * @param webhookId - the node's; its URL ends in `<webhookId>/jofi`, or without one in `<workflow>/<node name>/jofi`
 */
export async function readDelivery(
	request: Request,
	response: Response,
	webhookId: string | undefined,
): Promise<Delivery> {
	const answered = followAnswer(response);
	return {
		url: `${request.protocol}://${request.headers.host}${request.originalUrl}`,
		ownPathParts: webhookId === undefined ? 3 : 2,
		headers: request.headers,
		body: await readRawBody(request),
		receivedAt: Date.now(),
		answered,
	};
}

/** Sends an answer as JSON. */
export function sendAnswer(response: Response, { status, body, headers }: Answer): void {
	response.status(status).set(headers).json(body);
}

/** Sends a page with its protective headers. */
export function sendPage(response: Response, { status, html }: Page): void {
	response.status(status).set(PAGE_HEADERS).send(html);
}

/** Whether the visitor's browser used HTTPS, as far as n8n or the reverse proxy in front of it says. */
export function visitsOverHttps(request: Request): boolean {
	const forwarded = String(request.headers['x-forwarded-proto'] ?? '');
	return request.secure || /^https\b/i.test(forwarded);
}

/**
 * Resolves when n8n ends its answer, to true for a 2xx. The response's events are about the connection: a sender
 * may hang up although n8n took the event.
 */
function followAnswer(response: Response): Promise<boolean> {
	return new Promise((resolve) => {
		const end = response.end.bind(response) as (...parts: unknown[]) => Response;
		response.end = (...parts: unknown[]) => {
			resolve(response.statusCode >= 200 && response.statusCode < 300);
			return end(...parts);
		};
	});
}

/**
 * The bytes that were signed. n8n reads them beforehand only for the content types that it parses, and
 * can't for a multipart body (undefined).
 */
async function readRawBody(request: Request): Promise<Buffer | undefined> {
	try {
		if (!request.rawBody) await request.readRawBody();
		return request.rawBody;
	} catch {
		return undefined;
	}
}
