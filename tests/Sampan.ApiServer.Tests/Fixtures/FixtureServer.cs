using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Fixtures;

/// <summary>A server for fixtures, without the admission that would refuse them for what they name before they are validated.</summary>
public sealed class FixtureServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("the server is not started");

    internal static Task<TestServer> StartAsync() => TestServer.StartAsync(options => options with
    {
        DisabledAdmissionPlugins = new HashSet<string> { "ServiceAccount", "Priority", "RuntimeClass" },
    });

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
