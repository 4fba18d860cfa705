global using Sampan.Api;
global using Sampan.Api.Codec;
global using Sampan.Api.Meta.V1;
global using Sampan.Client;
global using Sampan.Client.Controllers;
global using Sampan.Client.Tests.Fakes;
