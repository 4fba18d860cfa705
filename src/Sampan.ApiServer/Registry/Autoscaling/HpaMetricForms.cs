using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>
/// Metrics as autoscaling/v1's annotations write them, which is flatter than v2: <c>{"resource":{"name":"cpu","targetAverageUtilization":80}}</c>
/// is <c>{"resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}</c>. A row says where a field of one is in the other.
/// </summary>
internal static class HpaMetricForms
{
    private static readonly (string Source, string V2, string V1)[] Rows =
    [
        ("object", "describedObject", "target"), ("object", "metric.name", "metricName"), ("object", "metric.selector", "selector"),
        ("object", "VALUES.value", "VALUESValue"), ("object", "VALUES.averageValue", "averageValue"),
        ("pods", "metric.name", "metricName"), ("pods", "metric.selector", "selector"), ("pods", "VALUES.averageValue", "VALUESAverageValue"),
        .. Resource("resource"), .. Resource("containerResource"), ("containerResource", "container", "container"),
        ("external", "metric.name", "metricName"), ("external", "metric.selector", "metricSelector"),
        ("external", "VALUES.value", "VALUESValue"), ("external", "VALUES.averageValue", "VALUESAverageValue"),
    ];

    /// <param name="values">Where v2 keeps amounts: "target" in a spec, "current" in a status.</param>
    public static JsonObject ToV1(JsonObject metric, string values)
    {
        var flat = new JsonObject { ["type"] = metric["type"]?.DeepClone() };
        foreach (var (source, v2, v1) in Rows)
        {
            if (metric[source] is JsonObject from && At(from, In(v2, values)) is { } value)
            {
                Part(flat, source)[In(v1, values)] = value.DeepClone();
            }
        }
        return flat;
    }

    public static JsonObject ToV2(JsonObject metric, string values)
    {
        var deep = new JsonObject { ["type"] = metric["type"]?.DeepClone() };
        foreach (var (source, v2, v1) in Rows)
        {
            if (metric[source] is JsonObject from && from[In(v1, values)] is { } value && (string?)(value as JsonValue)?.ToString() != "0")
            {
                var steps = In(v2, values).Split('.');
                var place = Part(deep, source);
                (steps.Length == 2 ? Part(place, steps[0]) : place)[steps[^1]] = value.DeepClone();
            }
        }
        if (values == "target")
        {
            NameTargets(deep);
        }
        return deep;
    }

    /// <summary>v1 does not say of what type a target is: its amount does.</summary>
    private static void NameTargets(JsonObject metric)
    {
        foreach (var (_, source) in metric.Where(one => one.Value is JsonObject))
        {
            var target = Part(source!.AsObject(), "target");
            target["type"] = target.ContainsKey("averageUtilization") ? "Utilization" : target.ContainsKey("averageValue") ? "AverageValue" : "Value";
        }
    }

    private static (string Source, string V2, string V1)[] Resource(string source) =>
    [
        (source, "name", "name"), (source, "VALUES.averageUtilization", "VALUESAverageUtilization"),
        (source, "VALUES.averageValue", "VALUESAverageValue"),
    ];

    private static string In(string place, string values) => place.Replace("VALUES", values, StringComparison.Ordinal);

    private static JsonObject Part(JsonObject whole, string name)
    {
        if (whole[name] is not JsonObject part)
        {
            whole[name] = part = [];
        }
        return part;
    }

    private static JsonNode? At(JsonNode node, string place) =>
        place.Split('.').Aggregate<string, JsonNode?>(node, (at, step) => (at as JsonObject)?[step]);
}
