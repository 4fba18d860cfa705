global using Sampan.Api;
global using Sampan.Api.Codec;
global using Sampan.Client.Tests.Fakes;
