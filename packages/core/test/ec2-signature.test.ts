import { expect, test } from 'vitest';
import { requestToSign, textToSign } from '../src/identity/ec2-signature.ts';

// Amazon's own examples of its documentation and test suite.
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('version 2 of a request', () => {
  const params = {
    AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    Action: 'DescribeJobFlows',
    SignatureMethod: 'HmacSHA256',
    SignatureVersion: '2',
    Timestamp: '2011-10-03T15:19:30',
    Version: '2009-03-31',
    Signature: 'not signed itself',
  };
  const host = 'elasticmapreduce.amazonaws.com';
  const request = { verb: 'GET', host, path: '/', params, headers: {}, bodyHash: '' };
  const signed = requestToSign(request, 'AKIAIOSFODNN7EXAMPLE');
  expect(signed?.sign(secret)).toBe('i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=');
  expect(signed?.madeAt).toBe(Date.UTC(2011, 9, 3, 15, 19, 30));
  expect(requestToSign(request, 'another')).toBeNull();
});

test('version 4 of a request, by its header', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=x';
  const headers = { 'x-amz-date': '20150830T123600Z', authorization };
  const request = { verb: 'GET', host: 'example.amazonaws.com', path: '/', params: {}, headers, bodyHash: ofNothing };
  const signed = requestToSign(request, 'AKIDEXAMPLE');
  const expected = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
  expect(signed?.sign('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')).toBe(expected);
  const hostless = { ...headers, authorization: authorization.replace('host;', '') };
  expect(requestToSign({ ...request, headers: hostless }, 'AKIDEXAMPLE')).toBeNull();
  expect(requestToSign({ ...request, headers: { authorization } }, 'AKIDEXAMPLE')).toBeNull();
});

test('version 2 of a request for an object', () => {
  const text = 'GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg';
  const signed = textToSign(Buffer.from(text).toString('base64'));
  expect(signed?.sign(secret)).toBe('bWq2s1WEIj+Ydj0vQ697zp+IXMU=');
  expect(signed?.madeAt).toBe(Date.UTC(2007, 2, 27, 19, 36, 42));
});

test('what says no time, or is for another service than that of objects, is nothing', () => {
  for (const text of [
    'GET\n\n\n\n/bucket',
    'GET\n\n\n1175139620\n/bucket',
    'AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/ec2/aws4_request\nabc',
    'AWS4-HMAC-SHA256\n20150830T123600Z\n20150829/us-east-1/s3/aws4_request\nabc',
    '',
  ]) {
    expect(textToSign(Buffer.from(text).toString('base64')), text).toBeNull();
  }
});
