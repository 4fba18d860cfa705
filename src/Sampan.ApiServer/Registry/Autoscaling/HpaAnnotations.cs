using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>What autoscaling/v1 cannot express goes through it in annotations. Upstream: pkg/apis/autoscaling/v1/conversion.go.</summary>
internal static class HpaAnnotations
{
    private const string Metrics = "autoscaling.alpha.kubernetes.io/metrics";
    private const string CurrentMetrics = "autoscaling.alpha.kubernetes.io/current-metrics";
    private const string Conditions = "autoscaling.alpha.kubernetes.io/conditions";
    private const string Behavior = "autoscaling.alpha.kubernetes.io/behavior";

    /// <param name="others">The metrics beside the one that v1 has a field for.</param>
    public static void Write(HorizontalPodAutoscaler scaler, List<MetricSpec> others, Action<string, string> annotate)
    {
        WriteList(Metrics, others.Select(metric => HpaMetricForms.ToV1(ObjectForms.Tree(metric), "target")));
        WriteList(
            CurrentMetrics, scaler.Status.CurrentMetrics.OrEmpty().Select(metric => HpaMetricForms.ToV1(ObjectForms.Tree(metric), "current")));
        WriteList(Conditions, scaler.Status.Conditions.OrEmpty().Select(ObjectForms.Tree));
        if (scaler.Spec.Behavior is { } behavior)
        {
            annotate(Behavior, Text(new JsonObject { ["ScaleUp"] = Rules(behavior.ScaleUp), ["ScaleDown"] = Rules(behavior.ScaleDown) }));
        }

        void WriteList(string name, IEnumerable<JsonObject> items)
        {
            if (new JsonArray([.. items]) is { Count: > 0 } list)
            {
                annotate(name, Text(list));
            }
        }
    }

    /// <summary>Takes the annotations away, and fills in what they say. What cannot be read is dropped: the annotations are the client's.</summary>
    public static void Read(HorizontalPodAutoscaler scaler)
    {
        if (Take<JsonArray>(scaler, Metrics) is { } metrics)
        {
            scaler.Spec.Metrics = [.. scaler.Spec.Metrics.OrEmpty(), .. Decode<MetricSpec>(metrics, one => HpaMetricForms.ToV2(one, "target"))];
        }
        if (Take<JsonArray>(scaler, CurrentMetrics) is { Count: > 0 } current)
        {
            scaler.Status.CurrentMetrics = Decode<MetricStatus>(current, one => HpaMetricForms.ToV2(one, "current"));
        }
        if (Take<JsonArray>(scaler, Conditions) is { Count: > 0 } conditions)
        {
            scaler.Status.Conditions = Decode<HorizontalPodAutoscalerCondition>(conditions, one => one);
        }
        if (Take<JsonObject>(scaler, Behavior) is { Count: > 0 } behavior)
        {
            scaler.Spec.Behavior = Decode<HorizontalPodAutoscalerBehavior>(new JsonArray(WithNames(behavior, char.ToLowerInvariant)), one => one).FirstOrDefault();
        }
    }

    private static T? Take<T>(HorizontalPodAutoscaler scaler, string name)
        where T : JsonNode
    {
        if (scaler.Metadata.Annotations is not { } annotations || !annotations.Remove(name, out var text))
        {
            return null;
        }
        try
        {
            return JsonNode.Parse(text) as T;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static List<T> Decode<T>(JsonArray items, Func<JsonObject, JsonObject> form)
        where T : IWireValue<T>
    {
        try
        {
            return [.. items.OfType<JsonObject>().Select(item => JsonCodec.Decode<T>(JsonTree.Encode(form(item))))];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>Upstream writes behavior with the names of its own fields, and with what is absent.</summary>
    private static JsonObject? Rules(HPAScalingRules? rules) => rules is null ? null : new()
    {
        ["StabilizationWindowSeconds"] = rules.StabilizationWindowSeconds,
        ["SelectPolicy"] = rules.SelectPolicy,
        ["Policies"] = rules.Policies is null ? null : new JsonArray([.. rules.Policies.Select(one => WithNames(ObjectForms.Tree(one), char.ToUpperInvariant))]),
        ["Tolerance"] = rules.Tolerance?.ToString(),
    };

    /// <summary>A copy whose names begin otherwise, at every depth.</summary>
    private static JsonObject WithNames(JsonObject from, Func<char, char> first)
    {
        var to = new JsonObject();
        foreach (var (name, value) in from.Where(one => one.Key.Length > 0))
        {
            to[first(name[0]) + name[1..]] = value switch
            {
                JsonObject part => WithNames(part, first),
                JsonArray list => new JsonArray([.. list.Select(item => item is JsonObject part ? WithNames(part, first) : item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }
        return to;
    }

    private static string Text(JsonNode node) => System.Text.Encoding.UTF8.GetString(JsonTree.Encode(node));
}
