using System.CommandLine;
using Sampan.Cluster;
using Sampan.Cluster.Images;
using Sampan.Terminal;
using Spectre.Console;

namespace Sampan.Commands;

/// <summary>`sampan image load` and `sampan image list`</summary>
internal static class ImageCommand
{
    public static Command Create() => new("image", "Bring images to the node without a registry, and see what is there.") { Load(), List() };

    private static Command Load()
    {
        var dataDir = Options.DataDir();
        var files = new Argument<string[]>("FILE") { Description = "OCI or Docker archives, as `docker save` writes them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("load", "Load images from archives.") { dataDir, files };
        command.SetAction((result, ct) => GuardAsync(async () =>
        {
            var importer = Importer(result.GetValue(dataDir)!);
            foreach (var file in result.GetValue(files)!)
            {
                var names = await importer.ImportAsync(file, ct);
                Screen.Output.MarkupLine($"[green]✓[/] {string.Join(' ', names).EscapeMarkup()} [grey]from {file.EscapeMarkup()}[/]");
            }
        }));
        return command;
    }

    private static Command List()
    {
        var dataDir = Options.DataDir();
        var command = new Command("list", "List the images of the node.") { dataDir };
        command.Aliases.Add("ls");
        command.SetAction((result, ct) => GuardAsync(async () =>
        {
            foreach (var name in await Importer(result.GetValue(dataDir)!).ListAsync(ct)) Console.WriteLine(name);
        }));
        return command;
    }

    private static ImageImporter Importer(string dataDir) => new(ClusterPaths.For(dataDir));

    private static async Task<int> GuardAsync(Func<Task> action)
    {
        if (Root.Missing() is { } advice) return Failure.Show(advice);
        try
        {
            await action();
            return 0;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failure.Show(e);
        }
    }
}
