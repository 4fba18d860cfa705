using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sampan.Client;

namespace Sampan.Kubelet.Images.Access;

/// <summary>
/// Pulls, kept as files in upstream's layout, so that they outlive the kubelet and may be taken over by another one.
/// <code>
/// image_manager/pulling/sha256-…   an image's name, while it is pulled
/// image_manager/pulled/sha256-…    an image's ID, with the logins that pulled it
/// </code>
/// </summary>
internal sealed class PullRecords
{
    public const string ApiVersion = "kubelet.config.k8s.io/v1beta1";
    private const string Prefix = "sha256-";
    private readonly string _pulling;
    private readonly string _pulled;

    public PullRecords(string root)
    {
        _pulling = Path.Combine(root, "image_manager", "pulling");
        _pulled = Path.Combine(root, "image_manager", "pulled");
    }

    public IEnumerable<PullIntent> Intents => All(_pulling, PullJson.Default.PullIntent);

    public IEnumerable<PulledRecord> Pulled => All(_pulled, PullJson.Default.PulledRecord);

    /// <summary>How many files there are of pulls that have begun, and of images that were pulled.</summary>
    public (int Intents, int Pulled) Count() => (Count(_pulling), Count(_pulled));

    public bool IsIntended(string image) => Read(Name(_pulling, image), PullJson.Default.PullIntent)?.Image == image;

    public void Intend(string image) => Write(_pulling, image, new PullIntent { Image = image }, PullJson.Default.PullIntent);

    public void ForgetIntent(string image) => Delete(_pulling, image);

    /// <exception cref="JsonException">There is a record, but it says nothing that can be understood.</exception>
    public PulledRecord? Find(string imageRef) => Read(Name(_pulled, imageRef), PullJson.Default.PulledRecord) is { } record && record.ImageRef == imageRef ? record : null;

    public void Keep(PulledRecord record) => Write(_pulled, record.ImageRef, record, PullJson.Default.PulledRecord);

    public void Forget(string imageRef) => Delete(_pulled, imageRef);

    private static int Count(string directory) => Directory.Exists(directory) ? Directory.GetFiles(directory, Prefix + "*").Length : 0;

    private static string Name(string directory, string subject) =>
        Path.Combine(directory, Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject))));

    private static void Delete(string directory, string subject)
    {
        if (Directory.Exists(directory))
        {
            File.Delete(Name(directory, subject));
        }
    }

    private static T? Read<T>(string path, JsonTypeInfo<T> form)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), form) : null;
        }
        catch (FileNotFoundException)
        {
            // It was forgotten just now.
            return null;
        }
    }

    private static IEnumerable<T> All<T>(string directory, JsonTypeInfo<T> form)
        where T : class
    {
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory, Prefix + "*").Where(p => !p.EndsWith(".new", StringComparison.Ordinal)) : [])
        {
            T? value = null;
            try
            {
                value = Read(path, form);
            }
            catch (JsonException)
            {
                // Nobody can say what it was about.
            }

            if (value is not null)
            {
                yield return value;
            }
        }
    }

    private static void Write<T>(string directory, string subject, T value, JsonTypeInfo<T> form)
    {
        const UnixFileMode OwnDirectory = WholeFile.OwnerOnly | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, OwnDirectory);
        WholeFile.Write(Name(directory, subject), JsonSerializer.Serialize(value, form), WholeFile.OwnerOnly);
    }
}
