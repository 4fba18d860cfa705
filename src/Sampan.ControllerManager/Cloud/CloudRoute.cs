namespace Sampan.ControllerManager.Cloud;

/// <summary>A range of pod addresses and the node that has it.</summary>
internal sealed record CloudRoute(string Node, string Cidr)
{
    /// <summary>Leads nowhere: its node is gone.</summary>
    public bool IsBlackhole { get; init; }

    /// <summary>The node's address that it leads to, where the provider tells.</summary>
    public string? Gateway { get; init; }
}
