using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Scheduler.Configuration;

/// <summary>Shows the configuration in force, in the form in which it is read.</summary>
public static class ConfigurationWriter
{
    public static JsonObject Write(KubeSchedulerConfiguration configuration)
    {
        var json = JsonSerializer.SerializeToNode(configuration, ConfigurationJson.Default.KubeSchedulerConfiguration)!.AsObject();
        for (var i = 0; i < configuration.Profiles.Count; i++) json["profiles"]![i] = Write(configuration.Profiles[i]);
        return json;
    }

    private static JsonObject Write(KubeSchedulerProfile profile)
    {
        var json = JsonSerializer.SerializeToNode(profile, ConfigurationJson.Default.KubeSchedulerProfile)!.AsObject();
        for (var i = 0; i < profile.PluginConfig.Count; i++)
        {
            if (profile.PluginConfig[i].Known is { } known) json["pluginConfig"]![i]!["args"] = Write(profile.PluginConfig[i].Name, known);
        }
        return json;
    }

    private static JsonObject Write(string plugin, IPluginArgs args)
    {
        var json = JsonSerializer.SerializeToNode(args, args.GetType(), ConfigurationJson.Default)!.AsObject();
        json.Insert(0, "apiVersion", KubeSchedulerConfiguration.GroupVersion);
        json.Insert(1, "kind", plugin + "Args");
        return json;
    }
}
