global using Sampan.Api;
global using Sampan.Api.Codec;
