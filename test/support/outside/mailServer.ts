import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export const MAIL_LOGIN = { user: 'recruiting', password: 'mail-secret' };

/** A real SMTP server on loopback that keeps what it is sent. */
export class MailServer {
	readonly mails: ParsedMail[] = [];
	private refusals = 0;
	private drops = 0;
	private refusedSubject: string | undefined;

	private readonly server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _session, answer) => {
			const isKnown = username === MAIL_LOGIN.user && password === MAIL_LOGIN.password;
			answer(isKnown ? null : new Error('Wrong user or password'), { user: username });
		},
		onData: (stream, _session, answer) => {
			simpleParser(stream).then(
				(mail) => {
					const isRefused =
						this.refusedSubject !== undefined && mail.subject?.includes(this.refusedSubject);
					if (this.refusals > 0 || isRefused) {
						this.refusals = Math.max(0, this.refusals - 1);
						answer(new Error('Try again later'));
						return;
					}
					this.mails.push(mail);
					if (this.drops > 0) {
						this.drops -= 1;
						this.closeConnections();
						return;
					}
					answer();
				},
				(error: Error) => answer(error),
			);
		},
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	/** The fields of n8n's SMTP credential. */
	get credential(): Record<string, unknown> {
		return {
			host: '127.0.0.1',
			port: (this.server.server.address() as AddressInfo).port,
			secure: false,
			disableStartTls: true,
			...MAIL_LOGIN,
		};
	}

	/** Takes no mail for a while. In: how many attempts fail. */
	refuseNext(count: number): void {
		this.refusals = count;
	}

	/** Takes mails, but drops the connection before it says so. In: how many. */
	dropNext(count: number): void {
		this.drops = count;
	}

	/** Takes no mail any more whose subject has a text in it. */
	refuseOnly(text: string): void {
		this.refusedSubject = text;
	}

	/** The mails with a subject. */
	about(subject: string): ParsedMail[] {
		return this.mails.filter((mail) => mail.subject === subject);
	}

	private closeConnections(): void {
		for (const connection of this.server.connections as Set<{ _socket: Socket }>) {
			connection._socket.destroy();
		}
	}

	async stop(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(resolve));
	}
}
