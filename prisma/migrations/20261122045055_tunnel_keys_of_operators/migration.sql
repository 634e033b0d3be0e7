-- Keys that nobody chose are dealt out from 10000 on, so that the low ones, which people type, are free to be chosen.
ALTER SEQUENCE "network_tunnel_key" MINVALUE 10000 START WITH 10000 RESTART WITH 10000;
