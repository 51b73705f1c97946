import { pieces } from "./links.ts";

/** What someone wrote: text as text, addresses to follow. */
export function Rich({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece, nth) =>
        piece.href ? <a key={nth} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">{piece.text}</a> : piece.text,
      )}
    </>
  );
}
