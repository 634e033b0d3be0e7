/** Cuts a stream of JSON objects that follow each other without a separator, as OVSDB sends them, into texts. */
export class JsonSplitter {
  readonly #decoder = new TextDecoder();
  #text = '';
  #scanned = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Takes the next bytes; gives the objects that are complete with them. */
  push(chunk: Uint8Array): string[] {
    this.#text += this.#decoder.decode(chunk, { stream: true });
    const complete: string[] = [];
    let start = 0;
    for (let index = this.#scanned; index < this.#text.length; index++) {
      if (!this.#endsObject(this.#text[index])) continue;
      complete.push(this.#text.slice(start, index + 1));
      start = index + 1;
    }
    this.#text = this.#text.slice(start);
    this.#scanned = this.#text.length;
    return complete;
  }

  #endsObject(character: string | undefined): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString) {
      if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inString = false;
    } else if (character === '"') this.#inString = true;
    else if (character === '{') this.#depth++;
    else if (character === '}') {
      this.#depth--;
      return this.#depth === 0;
    }
    return false;
  }
}
