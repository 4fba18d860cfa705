using Sampan.Api.Cel;

namespace Sampan.Api.Resource;

/// <summary>
/// The expressions that select devices.
/// <c>device.driver == "gpu.example.com" &amp;&amp; device.capacity["gpu.example.com"].memory.compareTo(quantity("10Gi")) >= 0</c>
/// </summary>
public static class DeviceExpressions
{
    /// <summary>What an expression looks at.</summary>
    public const string Variable = "device";

    /// <summary>What an expression may cost for one device.</summary>
    public const long MaxCost = 1_000_000;

    private const int MaxDriver = 63;
    private const int MaxDomain = 63;
    private const int MaxName = 32;
    private const int MaxValue = 64;
    private const int MaxEntries = 32;

    private static readonly Dictionary<string, CelStaticType> Variables = new()
    {
        [Variable] = CelStaticType.Object("kubernetes.DRADevice", new Dictionary<string, CelStaticType>
        {
            ["driver"] = CelStaticType.String.Sized(MaxDriver),
            ["allowMultipleAllocations"] = CelStaticType.Bool,
            ["attributes"] = ByDomain(CelStaticType.Any.Sized(MaxValue)),
            ["capacity"] = ByDomain(CelStaticType.Quantity),
        }),
    };

    /// <exception cref="CelException">The expression can't be used; the message says why in upstream's words.</exception>
    public static CelProgram Compile(string expression)
    {
        try
        {
            return CelProgram.Compile(expression, Variables, CelStaticType.Bool);
        }
        catch (CelException e) when (e is not CelTypeException)
        {
            throw new CelException("compilation failed: " + e.Message);
        }
    }

    private static CelStaticType ByDomain(CelStaticType value) => CelStaticType.Map(
        CelStaticType.String.Sized(MaxDomain), CelStaticType.Map(CelStaticType.String.Sized(MaxName), value).Sized(MaxEntries)).Sized(MaxEntries);
}
