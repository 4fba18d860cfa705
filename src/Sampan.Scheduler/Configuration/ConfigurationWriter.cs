using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Configuration;

/// <summary>Shows the configuration in force, in the form in which it is read.</summary>
public static class ConfigurationWriter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ApiValueConverter<Duration>(), new ApiValueConverter<NodeAffinity>(), new ApiValueConverter<TopologySpreadConstraint>() },
    };

    public static JsonObject Write(KubeSchedulerConfiguration configuration)
    {
        var json = JsonSerializer.SerializeToNode(configuration, Json)!.AsObject();
        for (var i = 0; i < configuration.Profiles.Count; i++) json["profiles"]![i] = Write(configuration.Profiles[i]);
        return json;
    }

    private static JsonObject Write(KubeSchedulerProfile profile)
    {
        var json = JsonSerializer.SerializeToNode(profile, Json)!.AsObject();
        for (var i = 0; i < profile.PluginConfig.Count; i++)
        {
            if (profile.PluginConfig[i].Known is { } known) json["pluginConfig"]![i]!["args"] = Write(profile.PluginConfig[i].Name, known);
        }
        return json;
    }

    private static JsonObject Write(string plugin, IPluginArgs args)
    {
        var json = JsonSerializer.SerializeToNode(args, args.GetType(), Json)!.AsObject();
        json.Insert(0, "apiVersion", KubeSchedulerConfiguration.GroupVersion);
        json.Insert(1, "kind", plugin + "Args");
        return json;
    }
}
