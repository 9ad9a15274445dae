import type { Json } from "../../../tenant/documents/json";
import { readAnswers } from "../../../tenant/forms/answers";
import { Outside } from "../../../tenant/forms/outside";

function outside(...answers: Json[]): Outside {
  const read = readAnswers(answers);
  if ("problems" in read) {
    throw new Error(read.problems.join("\n"));
  }
  return new Outside(read);
}

test("an answer has defaults", () => {
  const reply = outside({ url: "https://api.example.com/people" }).answer(
    "GET",
    new URL("https://api.example.com/people"),
  );

  expect(reply).toEqual({ status: 200, headers: {}, body: null });
});

test("the first answer that fits is taken", () => {
  const both = outside(
    { method: "POST", url: "https://a.example.com/x", body: 1 },
    { url: "https://a.example.com/*", body: 2 },
  );

  expect(both.answer("POST", new URL("https://a.example.com/x"))?.body).toBe(1);
  expect(both.answer("GET", new URL("https://a.example.com/x"))?.body).toBe(2);
  expect(both.answer("GET", new URL("https://b.example.com/x"))).toBeUndefined();
});

test.each<[string, string, boolean]>([
  ["https://a.example.com/x", "https://a.example.com/x?y=1", true],
  ["https://a.example.com/x?y=2", "https://a.example.com/x?y=1", false],
  ["https://a.example.com/x?y=*", "https://a.example.com/x?y=1", true],
  ["https://a.example.com/people/*/roles", "https://a.example.com/people/7/roles", true],
  ["https://a.example.com/people/*/roles", "https://a.example.com/people/roles", false],
  ["https://a.example.com/*", "https://a.example.com.evil.test/", false],
  ["https://*.example.com/*x*y", "https://a.example.com/-x-y", true],
  ["https://a.example.com/a*a", "https://a.example.com/a", false],
  ["http://a.example.com/x", "https://a.example.com/x", false],
])("the pattern %s is for %s: %s", (pattern, url, isFor) => {
  expect(outside({ url: pattern }).answer("GET", new URL(url)) !== undefined).toBe(isFor);
});

test("all that is wrong with a file is told at once", () => {
  const read = readAnswers([
    7,
    { url: "https://a.example.com/", action: "SLACK/POST_MESSAGE" },
    { url: "api.example.com", method: "get", status: 99, headers: { a: 1 }, boddy: {} },
    { action: "SLACK/POST", output: {}, error: "no" },
    { action: "SLACK/POST_MESSAGE", error: 5 },
    { action: "SLACK/POST_MESSAGE", output: {} },
  ]);

  expect(read).toEqual({
    problems: [
      '[$[0]] must be an object, got 7; write {"url": …} or {"action": …}',
      '[$[1]] must have either "url" or "action", got ["url","action"]; say what it answers',
      "[$[2].boddy] is not known; there are method, url, status, headers, body",
      '[$[2].method] must be one of GET, POST, PUT, PATCH, DELETE, got "get"; leave it out for any',
      '[$[2].url] must be a pattern of an address, got "api.example.com"; write one as in "https://api.example.com/people/*"',
      "[$[2].status] must be a whole number from 100 to 599, got 99; leave it out for 200",
      '[$[2].headers] must be an object of texts, got {"a":1}; write {"content-type": "text/plain"}',
      '[$[3].action] must be an action of a flow, got "SLACK/POST"; write its type and name, as in "SLACK/POST_MESSAGE"',
      '[$[3]] must have either "output" or "error"; say what the action gives, or why it fails',
      "[$[4].error] must be a text, got 5; say why the action fails",
      '[$[5].action] is answered twice, "SLACK/POST_MESSAGE"; leave one out',
    ],
  });
  expect(readAnswers({})).toEqual({ problems: ['[$] must be a list of answers, got {}; begin it with "["'] });
});
