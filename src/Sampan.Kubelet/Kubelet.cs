using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Parts;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet;

/// <summary>
/// The node agent: it registers the node, runs the pods that are bound to it through a container runtime, and tells how they
/// are. Stopping it leaves the containers running; another kubelet on the same directories takes them over.
/// </summary>
public sealed class Kubelet : IComponent, IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstStatusPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NetworkInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LimitsInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(30);

    /// <summary>SIGPWR: the power is about to fail.</summary>
    private const int PowerFailure = 30;

    private readonly KubeletOptions _options;
    private readonly KubeletParts _parts;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private InformerFactory? _informers;
    private PosixSignalRegistration? _powerFailure;

    public Kubelet(KubeletOptions options)
    {
        _options = options;
        _logger = options.Logs.CreateLogger("Kubelet");
        _parts = new KubeletParts(options, _logger);
        foreach (var certificate in options.Certificates)
        {
            certificate.Show(options.Metrics);
        }
    }

    public string Name => "kubelet";

    /// <summary>The port of its API, once started.</summary>
    public int Port => _parts.Server.Server.Port;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var remark in ConfigurationRemarks.Of(_options.Configuration))
        {
            _logger.LogWarning("{Remark}", remark);
        }

        await _parts.Host.PrepareAsync(_options.RootDirectory, cancellationToken);
        if (!_options.IsSimulated)
        {
            _parts.Devices.Exclusive.Record();
            await _parts.Node.Allocatable.LimitReservedAsync(cancellationToken);
            if (await SubordinateIds.ReadAsync(new HostCommands(_options.Time), "/etc/passwd", cancellationToken) is { } ids)
            {
                _parts.Pods.UserNamespaces.Use(ids, _options.Configuration.MaxPods);
            }
        }

        await _parts.Server.Server.StartAsync(cancellationToken);
        if (!_options.IsSimulated)
        {
            await _parts.Devices.Registration.StartAsync(cancellationToken);
            await _parts.Devices.PodResources.StartAsync(cancellationToken);
            Run("limit of all pods", _parts.Node.Allocatable.LimitPodsAsync);
        }

        foreach (var certificate in _options.Certificates)
        {
            Run("certificates", certificate.RunAsync);
        }

        _parts.Api.Events.Node(EventReasons.Normal, EventReasons.Starting, "Starting kubelet.");
        foreach (var (reason, message) in _parts.Host.Remarks())
        {
            _parts.Api.Events.Node(EventReasons.Warning, reason, message);
        }

        ListenForShutdown();
        if (!_options.IsStandalone)
        {
            Run("node status", RunNodeStatusAsync);
            Run("node lease", _parts.Node.Lease.RunAsync);
        }

        Run("pods", RunPodsAsync);
    }

    /// <summary>Completes when the node was reported ready, where there is somebody to report to.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => _options.IsStandalone ? Task.CompletedTask : _parts.Node.Status.Ready.WaitAsync(cancellationToken);

    /// <summary>Ends the node's pods in order of their priority, because the machine is about to go down.</summary>
    public Task ShutDownNodeAsync(CancellationToken cancellationToken) => _parts.Node.Shutdown.RunAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _powerFailure?.Dispose();
        await _stop.CancelAsync();
        await _parts.Pods.Manager.DisposeAsync();
        await Task.WhenAll(_loops).WaitAsync(cancellationToken);
        await _parts.DisposeAsync();
        if (_informers is { } informers)
        {
            _informers = null;
            await informers.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await StopAsync(CancellationToken.None);
        }

        _stop.Dispose();
    }

    /// <summary>
    /// The first status waits a little for the runtime, so that a node that was ready before a restart does not say that it
    /// is not, which would take its pods out of their Services.
    /// </summary>
    private async Task RunNodeStatusAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_parts.Host.Cache.Listed, Task.Delay(FirstStatusPatience, _options.Time, cancellationToken));
        await _parts.Node.Status.RunAsync(cancellationToken);
    }

    /// <summary>systemd is asked to wait for the pods; where it is not, whoever shuts the machine down sends the signal first.</summary>
    private void ListenForShutdown()
    {
        if (_options.IsSimulated || !_parts.Node.Shutdown.IsConfigured)
        {
            return;
        }

        if (Systemd.IsHere)
        {
            Run("shutdown of the machine", _parts.Node.ShutdownListener.RunAsync);
        }

        _logger.LogInformation("Pods are ended in order of their priority when this process gets SIGPWR");
        _powerFailure = PosixSignalRegistration.Create((PosixSignal)PowerFailure, context =>
        {
            context.Cancel = true;
            Run("node shutdown", ShutDownNodeAsync);
        });
    }

    /// <summary>Pods start only once the runtime's containers are known, and nothing is ended before all pods are known.</summary>
    private async Task RunPodsAsync(CancellationToken cancellationToken)
    {
        await ListRuntimeAsync(cancellationToken);
        Run("runtime", _parts.Host.Cache.RunAsync);
        Run("ended containers", _parts.Pods.Containers.RunAsync);
        Run("network", ct => Periodically.RunAsync(_parts.Host.Health.RecheckNetworkAsync, () => NetworkInterval, "Could not see whether pods can have a network", _options.Time, _logger, ct));
        if (!_options.IsSimulated)
        {
            Run("log rotation", _parts.Pods.LogRotator.RunAsync);
            Run("images", _parts.Images.Collector.RunAsync);
            Run("eviction", _parts.Node.Eviction.RunAsync);
            Run("plugins", _parts.Node.Plugins.RunAsync);
            Run("kernel log", _parts.Node.Oom.RunAsync);
            if (_parts.Devices.Cpus is { } cpus)
            {
                Run("processors", cpus.RunAsync);
            }
            Run("CSI drivers", ct => Periodically.RunAsync(_parts.Volumes.Drivers.RefreshAsync, () => LimitsInterval, "Asking CSI drivers for their limits", _options.Time, _logger, ct));
            Run("ResourceSlices", ct => _parts.Devices.Slices.RunAsync(_parts.Node.Status.Registered, ct));
            Run("CSINode", ct => _parts.Volumes.CsiNode.RunAsync(_parts.Node.Status.Registered, ct));
        }

        var first = new FirstPods(() => _parts.Api.Pods.HasSynced, OnPodChange);
        using var subscription = _parts.Api.Pods.Subscribe(first.OnChange);
        _informers = _parts.Api.Informers;
        var listed = ListAsync(_informers, first, cancellationToken);
        await RunStaticPodsAsync(listed, cancellationToken);
        await listed;
        if (!_options.IsStandalone)
        {
            Run("mirror pods", _parts.Pods.Mirrors.RunAsync);
        }

        await Periodically.RunAsync(EndOrphansAsync, () => Housekeeping, "Could not end what no pod holds", _options.Time, _logger, cancellationToken);
    }

    private async Task ListAsync(InformerFactory informers, FirstPods first, CancellationToken cancellationToken)
    {
        var listed = informers.StartAsync(cancellationToken);
        await _parts.Api.Pods.WaitForSyncAsync(cancellationToken);
        first.Deliver();
        await listed;
    }

    /// <summary>They may be what brings the API server up; but where pods run already, what the API says of them is worth a short wait.</summary>
    private async Task RunStaticPodsAsync(Task listed, CancellationToken cancellationToken)
    {
        if (_parts.Pods.Manifests.Count > 0 && _parts.Host.Cache.All.Any())
        {
            await Task.WhenAny(listed, Task.Delay(ListPatience, _options.Time, cancellationToken));
        }

        var pods = _parts.Pods.Static;
        foreach (var manifests in _parts.Pods.Manifests)
        {
            await manifests.PollAsync(pods.Add, pods.Remove, cancellationToken);
            Run("static pods", ct => manifests.RunAsync(pods.Add, pods.Remove, ct));
        }
    }

    /// <summary>Nobody is an orphan before all places with manifests could be read once.</summary>
    private Task EndOrphansAsync(CancellationToken cancellationToken) =>
        _parts.Pods.Manifests.All(m => m.IsRead) ? _parts.Pods.Manager.EndOrphansAsync(cancellationToken) : Task.CompletedTask;

    private async Task ListRuntimeAsync(CancellationToken cancellationToken)
    {
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await _parts.Host.Cache.RelistAsync(cancellationToken);
                await _parts.Images.RestoreAsync(cancellationToken);
                _parts.Node.Status.Poke();
                return;
            }
            catch (Client.Grpc.RpcException e)
            {
                _logger.LogWarning("The container runtime at {Endpoint} does not answer yet: {Detail}", _options.Configuration.ContainerRuntimeEndpoint, e.Detail);
                await Task.Delay(wait, _options.Time, cancellationToken);
            }
        }
    }

    private void OnPodChange(Pod? old, Pod? current)
    {
        if ((current ?? old)?.IsMirror() == true)
        {
            _parts.Pods.Mirrors.OnChange(old, current);
        }
        else if (current is not null)
        {
            _parts.Pods.Manager.Upsert(current);
        }
        else if (old is not null)
        {
            _parts.Pods.Manager.Remove(old);
        }
    }

    private void Run(string name, Func<CancellationToken, Task> loop) => _loops.Add(Task.Run(async () =>
    {
        try
        {
            await loop(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The kubelet ends.
        }
        catch (Exception e)
        {
            _logger.LogCritical(e, "The kubelet's loop of {Loop} ended", name);
        }
    }));
}
