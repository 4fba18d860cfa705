global using Microsoft.Extensions.Logging;
global using Sampan.Api;
global using Sampan.Api.Codec;
global using Sampan.Client;
global using Sampan.Client.Controllers;
global using Sampan.Client.Informers;
