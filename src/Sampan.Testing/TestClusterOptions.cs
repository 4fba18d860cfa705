using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet;

namespace Sampan.Testing;

/// <summary>What a <see cref="TestCluster"/> is made of; the defaults are a whole cluster of one node.</summary>
public sealed record TestClusterOptions
{
    /// <summary>How many hollow nodes: real kubelets whose containers are simulated. They are named node-1, node-2, …</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How many simulated nodes, named simulated-0, …: cheaper than hollow ones, their pods behave as annotations say.</summary>
    public int SimulatedNodes { get; init; }

    /// <summary>Changes a node before it starts: its labels, taints, number of pods. It is called with the node's options.</summary>
    public Func<KubeletOptions, KubeletOptions>? ConfigureNode { get; init; }

    /// <summary>Whether the controllers of kube-controller-manager run.</summary>
    public bool Controllers { get; init; } = true;

    /// <summary>Whether the scheduler runs; without it a test binds pods itself.</summary>
    public bool Scheduler { get; init; } = true;

    /// <summary>Where state is kept, and found by the next cluster; null for a new directory that goes with the cluster.</summary>
    public string? Directory { get; init; }

    /// <summary>The clock of every component. With one that stands still, what waits for time happens when the test moves it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether to serve HTTPS on a free port of 127.0.0.1 too, for other processes: see <see cref="TestCluster.Kubeconfig"/>.</summary>
    public bool Listen { get; init; }

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
