namespace Sampan.Network.Dns;

/// <summary>Who gave an answer: the cluster's zone, the cache, or a server upstream.</summary>
internal enum AnswerSource : byte
{
    Zone,
    Cache,
    Upstream,
}
