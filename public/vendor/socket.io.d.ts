/** The part of the socket.io client that public/js/live.js uses; the file itself is served from the package. */
export interface Socket {
  on(event: string, listener: (message: never) => void): this;
  emit(event: string, message: unknown, reply?: (answer: never) => void): this;
}

export function io(options: { transports: string[]; timeout: number }): Socket;
