using Sampan.Api.Cel;
using Sampan.Api.Resource;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>An expression that selects devices (see <see cref="DeviceExpressions"/>), ready to be asked.</summary>
internal sealed class DeviceSelectorProgram
{
    private readonly CelProgram? _program;

    public DeviceSelectorProgram(string expression)
    {
        try
        {
            _program = DeviceExpressions.Compile(expression);
        }
        catch (CelException e)
        {
            Error = "CEL compile error: " + e.Message;
        }
    }

    /// <summary>Why the expression can't be used.</summary>
    public string? Error { get; }

    public DeviceMatch Match(string driver, Device device)
    {
        if (_program is null) return new(false, Error);
        try
        {
            var value = _program.Evaluate(new Dictionary<string, object?> { [DeviceExpressions.Variable] = Input(driver, device) });
            return value is bool selects ? new(selects, null) : new(false, "CEL runtime error: the result is not a bool");
        }
        catch (CelException e)
        {
            return new(false, "CEL runtime error: " + e.Message);
        }
    }

    private static CelMap Input(string driver, Device device) => new(
    [
        new("driver", driver),
        new("allowMultipleAllocations", device.AllowMultipleAllocations == true),
        new("attributes", ByDomain(device.Attributes.OrEmpty(), driver, ValueOf)),
        new("capacity", ByDomain(device.Capacity.OrEmpty(), driver, static capacity => capacity.Value)),
    ]);

    // A domain of which there is nothing is an empty map, not an error.
    private static CelMap ByDomain<T>(IReadOnlyDictionary<string, T> entries, string driver, Func<T, object?> valueOf) => new(
        entries.Select(entry => (Key: QualifiedNames.Split(entry.Key, driver), entry.Value)).GroupBy(entry => entry.Key.Domain)
            .Select(domain => KeyValuePair.Create<object, object?>(domain.Key, new CelMap(domain.Select(entry => KeyValuePair.Create<object, object?>(entry.Key.Name, valueOf(entry.Value)))))),
        CelMap.Empty);

    private static object? ValueOf(DeviceAttribute attribute) => attribute switch
    {
        { Int: { } number } => number,
        { Bool: { } flag } => flag,
        { String: { } text } => text,
        { Version: { } version } => SemanticVersion.TryParse(version, normalize: false, out var parsed) ? parsed : throw new CelException($"parse semantic version: {version}"),
        _ => throw new CelException("unsupported attribute value"),
    };
}
