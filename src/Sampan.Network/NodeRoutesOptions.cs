using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client.Informers;
using Sampan.Network.Host;

namespace Sampan.Network;

/// <summary>What the routes between nodes depend on.</summary>
public sealed record NodeRoutesOptions
{
    public required string NodeName { get; init; }

    /// <summary>Shared informers; whoever made the factory runs it.</summary>
    public required InformerFactory Informers { get; init; }

    /// <summary>Nodes that have no machine, and so no route; none by default.</summary>
    public Func<Node, bool> IsWithoutMachine { get; init; } = _ => false;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    internal IHost Host { get; init; } = new LinuxHost();
}
