namespace Sampan.Kubelet.Configuration;

/// <summary>Whether containers may swap: NoSwap (also when empty) or LimitedSwap.</summary>
public sealed record MemorySwapConfiguration
{
    public string SwapBehavior { get; set; } = "";
}
