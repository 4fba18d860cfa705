using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Plugins;

public sealed class PluginWatcherTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Handler _handler = new();
    private readonly PluginWatcher _watcher;

    public PluginWatcherTests() => _watcher = new PluginWatcher(_directory.Path, [_handler], new FakeLinux(), _time, NullLogger.Instance);

    [Fact]
    public async Task Sync_NewSocket_RegistersThePluginAndTellsIt()
    {
        await using var plugin = await FakePluginSocket.StartAsync(_directory["a.sock"], "CSIPlugin", "csi.test", "/csi.sock", "1.0.0");

        await _watcher.SyncAsync(default);
        await _watcher.SyncAsync(default);

        Assert.Equal(["+csi.test /csi.sock 1.0.0"], _handler.Calls);
        Assert.Equal(["registered"], plugin.Told);
    }

    [Fact]
    public async Task Sync_NoEndpointStated_IsTheRegistrationSocketItself()
    {
        var path = _directory["sub/b.sock"];
        await using var plugin = await FakePluginSocket.StartAsync(path, "CSIPlugin", "csi.test");

        await _watcher.SyncAsync(default);

        Assert.Equal([$"+csi.test {path} "], _handler.Calls);
    }

    [Fact]
    public async Task Sync_SocketGone_Deregisters()
    {
        var plugin = await FakePluginSocket.StartAsync(_directory["a.sock"], "CSIPlugin", "csi.test", "/csi.sock");
        await _watcher.SyncAsync(default);

        await plugin.DisposeAsync();
        await _watcher.SyncAsync(default);

        Assert.Equal(["+csi.test /csi.sock ", "-csi.test"], _handler.Calls);
    }

    [Fact]
    public async Task Sync_SocketMadeAnew_RegistersAgain()
    {
        await using var first = await FakePluginSocket.StartAsync(_directory["a.sock"], "CSIPlugin", "csi.test", "/one.sock");
        await _watcher.SyncAsync(default);
        await using var second = await FakePluginSocket.StartAsync(_directory["a.sock"], "CSIPlugin", "csi.test", "/two.sock");

        await _watcher.SyncAsync(default);

        Assert.Equal(["+csi.test /one.sock ", "-csi.test", "+csi.test /two.sock "], _handler.Calls);
    }

    [Theory]
    [InlineData("Other", "x", "no handler registered for plugin type: Other at socket ")]
    [InlineData("CSIPlugin", "invalid", "plugin validation failed with err: bad name")]
    [InlineData("CSIPlugin", "failing", "plugin registration failed with err: not now")]
    public async Task Sync_NotTaken_TellsWhyAndTriesAgainLater(string type, string name, string error)
    {
        await using var plugin = await FakePluginSocket.StartAsync(_directory["a.sock"], type, name);

        await _watcher.SyncAsync(default);
        await _watcher.SyncAsync(default);

        Assert.StartsWith($"RegisterPlugin error -- {error}", Assert.Single(plugin.Told), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await _watcher.SyncAsync(default);
        Assert.Equal(2, plugin.Told.Count);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await _watcher.SyncAsync(default);
        Assert.Equal(2, plugin.Told.Count);
    }

    [Fact]
    public async Task Sync_PluginThatDoesNotHearOfIt_IsRegisteredAllTheSame()
    {
        await using var plugin = await FakePluginSocket.StartAsync(_directory["a.sock"], "CSIPlugin", "csi.test", "/csi.sock");
        plugin.IsDeaf = true;

        await _watcher.SyncAsync(default);
        _time.Advance(TimeSpan.FromMinutes(5));
        await _watcher.SyncAsync(default);

        Assert.Equal(["+csi.test /csi.sock "], _handler.Calls);
    }

    [Fact]
    public async Task Sync_FilesAndHiddenSockets_AreLeftAlone()
    {
        await File.WriteAllTextAsync(_directory["file.sock"], "");
        await using var hidden = await FakePluginSocket.StartAsync(_directory[".a.sock"], "CSIPlugin", "csi.test");

        await _watcher.SyncAsync(default);

        Assert.Empty(_handler.Calls);
    }

    public void Dispose() => _directory.Dispose();

    private sealed class Handler : IPluginHandler
    {
        public List<string> Calls { get; } = [];

        public string Type => "CSIPlugin";

        public void Validate(Plugin plugin)
        {
            if (plugin.Name == "invalid") throw new PluginRejectedException("bad name");
        }

        public Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken)
        {
            if (plugin.Name == "failing") throw new PluginRejectedException("not now");
            Calls.Add($"+{plugin.Name} {plugin.Endpoint} {string.Join(',', plugin.Versions)}");
            return Task.CompletedTask;
        }

        public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
        {
            Calls.Add($"-{plugin.Name}");
            return Task.CompletedTask;
        }
    }
}
