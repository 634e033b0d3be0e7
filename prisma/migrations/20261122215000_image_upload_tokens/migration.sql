-- Whose upload an image waits for: one that was given up, while it stood still, changes nothing of the next.
ALTER TABLE "image" ADD COLUMN "upload_token" UUID;
