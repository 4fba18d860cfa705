using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

public sealed class EventLifeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-events-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Event_OlderThanItsLife_IsGone()
    {
        var time = new FakeTimeProvider();
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false, Time = time });
        await using var server = new ApiServer(new ApiServerOptions
        {
            Store = store,
            Time = time,
            EventLife = TimeSpan.FromMinutes(10),
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        });
        await server.StartAsync(default);
        var client = new ApiClient(server.Loopback());
        await client.CreateAsync(
            new Event { Metadata = new() { Name = "e", Namespace = "default" }, InvolvedObject = new() { Namespace = "default", Name = "p", Kind = "Pod" } }, default);
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(await FindAsync());
        // Events of a minute share a lease.
        time.Advance(TimeSpan.FromMinutes(2));
        await Grants.UntilAsync(FindAsync, found =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return found is null;
        });

        Task<Event?> FindAsync() => client.Of<Event>().FindAsync("default", "e", default);
    }
}
