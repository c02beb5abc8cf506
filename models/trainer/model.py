"""The dense, inductive HeteroGNN: query, LLM, pick, task and user nodes, and the training prompts and LLMs as memory nodes.

Messages: training prompts → query (a kernel over embedding and text features), training LLMs → LLM (a kernel over the card, and over the
fingerprint), pick → LLM (what the user's own answers reveal), task ↔ pick (how much a pick on another task says about this one). Every
edge weight is a kernel or a closed-form Bayesian gain, so there are no ids and no scatter: MatMul, element-wise arithmetic and Softmax
only, which run on WebGPU. The few-shot update outside the graph turns prior and picks into the user embedding.
Idea after PersonalizedRouter (arXiv 2511.16883); kernels after Nadaraya–Watson / ridge regression, gains after empirical Bayes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import A, CLUSTERS, D, EMBEDDING, LLM_FEATURES, QUERY_FEATURES, TASK_PROTOTYPES, TrainConfig

PADDING_UTILITY = -1e4
METADATA = 15
FINGERPRINT = slice(METADATA, METADATA + A)
COUNT_AT = METADATA + A
# Per cluster of prompts: shrunk residuals of quality and of length, and ln(1 + n) / 4.
CLUSTER_QUALITY, CLUSTER_LENGTH, CLUSTER_COUNT = (slice(COUNT_AT + 1 + k * CLUSTERS, COUNT_AT + 1 + (k + 1) * CLUSTERS) for k in range(3))
CLUSTER_SHRINKAGE = 5  # the residuals are sums ÷ (n + 5)
LN_COUNT_SCALE = 6.2166061  # ln 501: the count feature is ln(1 + n) / ln 501
TASKS = TASK_PROTOTYPES // 2  # each task label has two prototypes: short and long answers


def squared_distance(a: Tensor, b: Tensor) -> Tensor:
    """[n,F], [N,F] → [n,N] squared Euclidean distances, never below zero."""
    return torch.relu((a * a).sum(-1, keepdim=True) + (b * b).sum(-1).unsqueeze(0) - 2 * a @ b.transpose(0, 1))


def answers_seen(features: Tensor) -> Tensor:
    """[M,76] → [M,1] number of responses behind each fingerprint."""
    return torch.exp(features[:, COUNT_AT:COUNT_AT + 1] * LN_COUNT_SCALE) - 1


class ResponsePredictor(nn.Module):
    """Query and LLM nodes → predicted standardised axes [B,M,12] and residual dimensions [B,M,8]; N training prompts, T training LLMs."""

    def __init__(self, config: TrainConfig, prompts: int, llms: int) -> None:
        super().__init__()
        self.rank = config.rank
        self.square, self.text, self.text_width = config.query_square, config.query_text, config.query_text_width
        self.llm_width, self.llm_description, self.style_width = config.llm_width, config.llm_description, config.style_width
        self.sharpness = config.cluster_sharpness
        zeros = lambda *shape: torch.zeros(*shape)
        self.task_embedding = nn.Linear(EMBEDDING, TASK_PROTOTYPES)
        self.task_features = nn.Linear(QUERY_FEATURES, TASK_PROTOTYPES, bias=False)
        for name, value in {
            "memory": zeros(prompts, EMBEDDING), "memory_text": zeros(prompts, QUERY_FEATURES), "text_mean": zeros(QUERY_FEATURES),
            "text_scale": torch.ones(QUERY_FEATURES), "factor_weight": zeros(prompts, config.rank), "common_weight": zeros(prompts, D), "common_mean": zeros(D),
            "card": zeros(llms, METADATA), "card_text": zeros(llms, EMBEDDING), "card_scale": torch.ones(METADATA), "card_weight": zeros(llms, D), "card_mean": zeros(D),
            "style": zeros(llms, METADATA + A), "style_scale": torch.ones(METADATA + A), "style_weight": zeros(llms, config.rank * D),
            "strength": torch.full((A,), 10.0),
            "centroid": zeros(CLUSTERS, EMBEDDING), "centroid_factor": zeros(CLUSTERS, config.rank), "cluster_strength": torch.full((2,), 500.0),
        }.items():
            self.register_buffer(name, value)

    def task_logits(self, embedding: Tensor, features: Tensor) -> Tensor:
        """[B,16] logits of the task prototypes (two per task label)."""
        return self.task_embedding(embedding) + self.task_features(features)

    def query_kernel(self, embedding: Tensor, text: Tensor) -> Tensor:
        """[B,N] edge weights training prompt → query; text: standardised features [B,8]."""
        similarity = embedding @ self.memory.transpose(0, 1)
        near = torch.exp(-squared_distance(text, self.memory_text) / (2 * self.text_width))
        return similarity + self.square * torch.relu(similarity) * torch.relu(similarity) + self.text * near

    def query_nodes(self, embedding: Tensor, features: Tensor, has_text: bool = True) -> tuple[Tensor, Tensor, Tensor]:
        """→ task membership [B,16], factors and cluster membership [B,R+16], what every LLM's answer shares [B,20]. Picks carry no text features: has_text False takes the average prompt's."""
        task = torch.softmax(self.task_logits(embedding, features), -1)
        text = (features - self.text_mean) / self.text_scale if has_text else features * 0
        kernel = self.query_kernel(embedding, text)
        cluster = torch.softmax(self.sharpness * embedding @ self.centroid.transpose(0, 1), -1)
        return task, torch.cat([kernel @ self.factor_weight, cluster], -1), self.common_mean + kernel @ self.common_weight

    def card_kernel(self, card: Tensor, description: Tensor) -> Tensor:
        """[M,T] edge weights training LLM → LLM; card [M,15] in units of card_scale, description [M,384]."""
        return torch.exp(-squared_distance(card, self.card) / (2 * self.llm_width)) + self.llm_description * description @ self.card_text.transpose(0, 1)

    def llm_nodes(self, description: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """description [M,384], features [M,76] → style relative to the average LLM [M,20], loadings of the query's factors and clusters [M,(R+16)·20], answers seen [M,1]."""
        blind = self.card_mean + self.card_kernel(features[:, :METADATA] / self.card_scale, description) @ self.card_weight
        seen = answers_seen(features)
        measured = features[:, FINGERPRINT] - self.common_mean[:A]
        trust = seen / (seen + self.strength)
        style = torch.cat([blind[:, :A] + trust * (measured - blind[:, :A]), blind[:, A:]], -1)
        likeness = torch.cat([features[:, :METADATA], trust * measured], -1) / self.style_scale
        kernel = torch.exp(-squared_distance(likeness, self.style) / (2 * self.style_width))
        loading = kernel @ self.style_weight
        return style, torch.cat([loading, self.cluster_nodes(features, loading, 1 - kernel.amax(-1, keepdim=True))], -1), seen

    def cluster_nodes(self, features: Tensor, loading: Tensor, novelty: Tensor) -> Tensor:
        """What the fingerprint says of an LLM's answers to each cluster of prompts beyond the interaction's word on the cluster's centre → [M,16·20];
        posterior means, so that clusters never seen say nothing. novelty [M,1]: 0 for an LLM the interaction was fitted on, which knows it better."""
        count = torch.exp(4 * features[:, CLUSTER_COUNT]) - 1
        by_factor = loading.reshape(-1, self.rank, D)
        columns = []
        for k, (part, axis) in enumerate(((CLUSTER_QUALITY, 0), (CLUSTER_LENGTH, 1))):
            expected = by_factor[:, :, axis] @ self.centroid_factor.transpose(0, 1)
            observed = features[:, part] * (count + CLUSTER_SHRINKAGE)
            columns.append(((observed - count * expected) / (count + self.cluster_strength[k]) * novelty).unsqueeze(-1))
        rest = columns[0] * torch.zeros(D - 2)
        return torch.cat([*columns, rest], -1).reshape(-1, CLUSTERS * D)

    def combine(self, factor: Tensor, common: Tensor, style: Tensor, loading: Tensor) -> Tensor:
        """Node states of B queries and M LLMs → predicted responses of every pair [B,M,20]."""
        width = factor.shape[-1]
        flat = loading.reshape(-1, width, D).transpose(0, 1).reshape(width, -1)
        return (factor @ flat).reshape(factor.shape[0], -1, D) + style.unsqueeze(0) + common.unsqueeze(1)

    def combine_one(self, factor: Tensor, common: Tensor, style: Tensor, loading: Tensor, llm: Tensor) -> Tensor:
        """The same for one LLM a query, given as one-hot rows llm [H,M] → [H,20] (a zero row: no LLM known)."""
        own = (llm @ loading).reshape(-1, factor.shape[-1], D)
        return (factor.unsqueeze(1) @ own).squeeze(1) + llm @ style + common

    def forward(self, embedding: Tensor, features: Tensor, description: Tensor, llm_features: Tensor) -> Tensor:
        """embedding [B,384], features [B,8], description [M,384], llm_features [M,76] → [B,M,20]."""
        _, factor, common = self.query_nodes(embedding, features)
        style, loading, _ = self.llm_nodes(description, llm_features)
        return self.combine(factor, common, style, loading)


class LlmUpdate(nn.Module):
    """Pick → LLM messages: what the user's own answers reveal about each LLM, as the posterior mean of its style's error.

    strength [12]: variance of one answer around its prediction ÷ variance of the prediction's error for the LLM; shared [12]: share of
    two answers' mean residual that is due to their prompt.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("strength", torch.full((A,), 10.0))
        self.register_buffer("shared", torch.zeros(A))
        measured = torch.ones(A)
        measured[0] = 0  # quality is never measured on the device
        self.register_buffer("measured", measured)

    def forward(self, residual_chosen: Tensor, residual_rejected: Tensor, chosen: Tensor, rejected: Tensor, weight: Tensor, seen: Tensor) -> Tensor:
        """residuals [.,H,12] measured − predicted, chosen/rejected [.,H,M], weight [.,H], seen [M,1] answers behind the fingerprints → shift [.,M,12]."""
        both = rejected.sum(-1, keepdim=True)
        common = self.shared * 0.5 * (residual_chosen + residual_rejected) * both
        left = (chosen * weight.unsqueeze(-1)).transpose(-1, -2)
        right = (rejected * weight.unsqueeze(-1)).transpose(-1, -2)
        total = left @ (residual_chosen - common) + right @ (residual_rejected - common)
        count = (left.sum(-1) + right.sum(-1)).unsqueeze(-1)
        return self.measured * total / (count + self.strength + seen)


class UserGraph(nn.Module):
    """User, task and pick nodes → prior of the user embedding per query, and how much each pick says about the query.

    The prior is the empirical-Bayes one of the training users. A task's own taste deviates from the user's by a Gaussian with `task_spread`
    of the population's variance: for a query, the picks made on other tasks are noisier by that much (hierarchical Bayes, one step of
    message passing from pick over task to query).
    """

    def __init__(self, config: TrainConfig) -> None:
        super().__init__()
        self.spread = config.task_spread
        self.register_buffer("population", torch.zeros(D))
        self.register_buffer("variance", torch.ones(D))
        self.register_buffer("noise", torch.tensor(1.0))

    def forward(self, chosen: Tensor, rejected: Tensor, outcome: Tensor, task_h: Tensor, task_q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """chosen/rejected [.,H,20], outcome [.,H,4], task_h [.,H,16], task_q [.,B,16] → prior mean [.,B,20] (deviation from the population), log variance [.,B,20], relevance [.,B,H]."""
        pair = lambda m: m[..., :TASKS] + m[..., TASKS:]
        other = torch.relu(1 - pair(task_q) @ pair(task_h).transpose(-1, -2))
        # Both good and both bad are judgements of each response by itself, not of the difference.
        compared = outcome[..., 0:1] + outcome[..., 1:2]
        delta = chosen - compared * rejected
        doubt = 2 * self.spread * (delta * delta) @ self.variance
        relevance = self.noise / (self.noise + other * doubt.unsqueeze(-2))
        blank = task_q[..., :1] * 0
        return blank + torch.zeros_like(self.variance), blank + torch.log(self.variance), relevance
