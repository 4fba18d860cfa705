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

    private static readonly Dictionary<string, CelStaticType> Variables = new()
    {
        [Variable] = CelStaticType.Object("kubernetes.DRADevice", new Dictionary<string, CelStaticType>
        {
            ["driver"] = CelStaticType.String,
            ["allowMultipleAllocations"] = CelStaticType.Bool,
            ["attributes"] = ByDomain(CelStaticType.Any),
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

    private static CelStaticType ByDomain(CelStaticType value) => CelStaticType.Map(CelStaticType.String, CelStaticType.Map(CelStaticType.String, value));
}
