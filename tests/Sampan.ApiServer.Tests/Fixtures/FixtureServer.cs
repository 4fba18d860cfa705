using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Fixtures;

/// <summary>One server for all fixtures, without the admission that would refuse them for what they name before they are validated.</summary>
public sealed class FixtureServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("the server is not started");

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(options => options with
    {
        Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        DisabledAdmissionPlugins = new HashSet<string> { "ServiceAccount", "Priority", "RuntimeClass" },
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
