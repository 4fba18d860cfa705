namespace Sampan.Kubelet.Configuration;

/// <summary>Whether containers may swap: NoSwap (also when empty) or LimitedSwap.</summary>
public sealed record MemorySwapConfiguration
{
    public const string LimitedSwap = "LimitedSwap";

    public string SwapBehavior { get; set; } = "";
}
